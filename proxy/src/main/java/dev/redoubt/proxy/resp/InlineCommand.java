package dev.redoubt.proxy.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits an inline command into arguments as Redis's {@code sdssplitargs} (sds.c) does: quotes, escapes, {@code \xHH}. Stateless. */
public final class InlineCommand {
    private final byte[] line;
    private int index;

    private InlineCommand(byte[] line) {
        this.line = line;
    }

    /** The arguments of a line without its end; empty for a blank line; null when quotes are unbalanced. */
    public static byte @Nullable [][] split(byte[] line) {
        return new InlineCommand(line).split();
    }

    private byte @Nullable [][] split() {
        List<byte[]> arguments = new ArrayList<>();
        while (true) {
            while (index < line.length && isSpace(line[index])) {
                index++;
            }
            if (index >= line.length) {
                return arguments.toArray(new byte[0][]);
            }
            byte[] argument = next();
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
    }

    private byte @Nullable [] next() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (index < line.length && !endsWord(line[index])) {
            byte b = line[index++];
            if (b == 0) {
                index = line.length; // sdssplitargs works on C strings
            } else if (b == '"' || b == '\'') {
                // a closing quote must be followed by a space or nothing
                return quoted(out, b) && (index == line.length || isSpace(line[index])) ? out.toByteArray() : null;
            } else {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    private boolean quoted(ByteArrayOutputStream out, byte quote) {
        while (index < line.length) {
            byte b = line[index++];
            if (b == quote) {
                return true;
            }
            if (b == '\\' && index < line.length && (quote == '"' || line[index] == '\'')) {
                escape(out, quote);
            } else {
                out.write(b);
            }
        }
        return false;
    }

    private void escape(ByteArrayOutputStream out, byte quote) {
        byte b = line[index++];
        if (quote == '"' && b == 'x' && index + 1 < line.length && isHex(line[index]) && isHex(line[index + 1])) {
            out.write(Character.digit(line[index], 16) * 16 + Character.digit(line[index + 1], 16));
            index += 2;
            return;
        }
        out.write(
                switch (quote == '"' ? b : 0) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 7;
                    default -> b;
                });
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    /** Fewer bytes than may lie between words: a vertical tab or a form feed inside of one belongs to it. */
    private static boolean endsWord(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
