package dev.redoubt.proxy.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a typed line into arguments with redis-cli's quoting. Used for one line. */
final class LineArguments {
    private final byte[] line;
    private int at;

    private LineArguments(String line) {
        this.line = line.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if a quote is not closed, or is closed in the middle of a word. */
    static Optional<List<byte[]>> split(String line) {
        return new LineArguments(line).split();
    }

    private Optional<List<byte[]>> split() {
        List<byte[]> arguments = new ArrayList<>();
        while (true) {
            while (at < line.length && isSpace(line[at])) {
                at++;
            }
            if (at == line.length) {
                return Optional.of(arguments);
            }
            ByteArrayOutputStream argument = new ByteArrayOutputStream();
            if (!argument(argument)) {
                return Optional.empty();
            }
            arguments.add(argument.toByteArray());
        }
    }

    private boolean argument(ByteArrayOutputStream out) {
        while (at < line.length && !isSpace(line[at])) {
            byte b = line[at++];
            if (b == '"' || b == '\'') {
                return (b == '"' ? doubleQuoted(out) : singleQuoted(out)) && (at == line.length || isSpace(line[at]));
            }
            out.write(b);
        }
        return true;
    }

    private boolean singleQuoted(ByteArrayOutputStream out) {
        while (at < line.length) {
            byte b = line[at++];
            if (b == '\'') {
                return true;
            }
            if (b == '\\' && at < line.length && line[at] == '\'') {
                b = line[at++];
            }
            out.write(b);
        }
        return false;
    }

    private boolean doubleQuoted(ByteArrayOutputStream out) {
        while (at < line.length) {
            byte b = line[at++];
            if (b == '"') {
                return true;
            }
            out.write(b == '\\' && at < line.length ? escaped() : b);
        }
        return false;
    }

    private int escaped() {
        byte b = line[at++];
        if (b == 'x' && at + 1 < line.length && digit(at) >= 0 && digit(at + 1) >= 0) {
            int value = digit(at) << 4 | digit(at + 1);
            at += 2;
            return value;
        }
        return switch (b) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 0x07;
            default -> b;
        };
    }

    private int digit(int index) {
        return Character.digit(line[index], 16);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
