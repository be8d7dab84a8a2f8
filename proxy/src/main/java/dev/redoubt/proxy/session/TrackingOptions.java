package dev.redoubt.proxy.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code CLIENT TRACKING ON} said, but for REDIRECT: what is said again on a new connection. Redis judges whether it goes together. Immutable.
 *
 * @param words the options without a value, upper case
 * @param prefixes of BCAST; none means all keys
 */
record TrackingOptions(List<String> words, List<byte[]> prefixes) {
    /** Reads the arguments of a command that Redis has accepted. */
    static TrackingOptions of(byte[][] arguments) {
        List<String> words = new ArrayList<>();
        List<byte[]> prefixes = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            String word = word(arguments[i]);
            switch (word) {
                case "REDIRECT" -> i++;
                case "PREFIX" -> prefixes.add(arguments[++i]);
                default -> words.add(word);
            }
        }
        return new TrackingOptions(List.copyOf(words), List.copyOf(prefixes));
    }

    static String word(byte[] argument) {
        return new String(argument, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
    }

    /** What holds when they are said after others: options take the place of earlier ones, prefixes come on top. */
    TrackingOptions after(TrackingOptions earlier) {
        if (prefixes.isEmpty() || earlier.prefixes.isEmpty()) {
            return new TrackingOptions(words, List.of());
        }
        List<byte[]> all = new ArrayList<>(earlier.prefixes);
        all.addAll(prefixes);
        return new TrackingOptions(words, List.copyOf(all));
    }

    /** The command that says all of it at once, redirecting to that id of Redis's; 0 for none. */
    byte[][] command(long redirect) {
        List<byte[]> command = new ArrayList<>();
        add(command, "CLIENT", "TRACKING", "ON");
        if (redirect != 0) {
            add(command, "REDIRECT", Long.toString(redirect));
        }
        words.forEach(word -> add(command, word));
        for (byte[] prefix : prefixes) {
            add(command, "PREFIX");
            command.add(prefix);
        }
        return command.toArray(byte[][]::new);
    }

    private static void add(List<byte[]> command, String... words) {
        for (String word : words) {
            command.add(word.getBytes(StandardCharsets.UTF_8));
        }
    }
}
