package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads single arguments as Redis does. */
final class Args {
    private Args() {}

    /** Whether the argument is that word, without regard to ASCII case. The word is given in lower case. */
    static boolean is(byte[] argument, String word) {
        if (argument.length != word.length()) {
            return false;
        }
        for (int i = 0; i < argument.length; i++) {
            if (lower(argument[i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isAny(byte[] argument, String... words) {
        for (String word : words) {
            if (is(argument, word)) {
                return true;
            }
        }
        return false;
    }

    /** Where the word stands at or after {@code from}, or -1. */
    static int indexOf(byte[][] args, String word, int from) {
        for (int i = from; i < args.length; i++) {
            if (is(args[i], word)) {
                return i;
            }
        }
        return -1;
    }

    /** The argument as a decimal number as Redis reads it (no plus sign, no spaces), or {@code otherwise}. */
    static long number(byte[] argument, long otherwise) {
        if (argument.length == 0 || argument.length > 20 || argument[0] == '+') {
            return otherwise;
        }
        try {
            return Long.parseLong(text(argument));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The bytes as Latin-1, which no byte is lost in. */
    static String text(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1);
    }

    static String lowerText(byte[] argument) {
        return text(argument).toLowerCase(Locale.ROOT);
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
