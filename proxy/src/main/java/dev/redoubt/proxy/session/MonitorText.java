package dev.redoubt.proxy.session;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What MONITOR shows of a command, as {@code replicationFeedMonitors} in replication.c of Redis 7.0 writes it: arguments quoted, passwords left out. Pure functions. */
final class MonitorText {
    private static final String REDACTED = "\"(redacted)\"";
    private static final String HEX = "0123456789abcdef";

    /** A line of MONITOR, taken apart: {@code 1339518083.107412 [0 127.0.0.1:60866] "get" "k"}. */
    record Line(String time, String database, String address, String text) {
        /** Null for anything else, such as OK. */
        static @Nullable Line parse(String line) {
            int open = line.indexOf(" [");
            int space = open < 0 ? -1 : line.indexOf(' ', open + 2);
            int close = space < 0 ? -1 : line.indexOf("] ", space);
            if (close < 0 || !Character.isDigit(line.charAt(0))) {
                return null;
            }
            return new Line(
                    line.substring(0, open),
                    line.substring(open + 2, space),
                    line.substring(space + 1, close),
                    line.substring(close + 2));
        }

        Line of(String otherAddress, String otherText) {
            return new Line(time, database, otherAddress, otherText);
        }

        @Override
        public String toString() {
            return time + " [" + database + " " + address + "] " + text;
        }
    }

    private MonitorText() {}

    /** All arguments, quoted, with spaces between. */
    static String of(byte[][] arguments) {
        StringBuilder out = new StringBuilder();
        String name = new String(arguments[0], StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int secret = 0;
        for (int i = 0; i < arguments.length; i++) {
            if (i > 0) {
                out.append(' ');
            }
            if (secret > 0) {
                out.append(REDACTED);
                secret--;
            } else {
                quote(out, arguments[i]);
                secret = secretsAfter(name, i, arguments);
            }
        }
        return out.toString();
    }

    /** How many arguments behind that one are secret. */
    private static int secretsAfter(String name, int index, byte[][] arguments) {
        boolean option = index > 0 && arguments[index].length <= 5;
        String word = option ? new String(arguments[index], StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT) : "";
        return switch (name) {
            case "auth" -> index == 0 ? 2 : 0;
            case "hello" -> word.equals("AUTH") && index > 1 ? 2 : 0;
            case "migrate" -> word.equals("AUTH") ? 1 : word.equals("AUTH2") ? 2 : 0;
            default -> 0;
        };
    }

    /** The text under which the same command is found, however its name is written. */
    static String key(String text) {
        int end = text.indexOf('"', 1);
        return end < 0 ? text : text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
    }

    /** The name in such a text, in lower case. */
    static String name(String text) {
        int end = text.indexOf('"', 1);
        return end < 0 ? "" : text.substring(1, end).toLowerCase(Locale.ROOT);
    }

    /** As {@code sdscatrepr} in sds.c. */
    private static void quote(StringBuilder out, byte[] argument) {
        out.append('"');
        for (byte letter : argument) {
            switch (letter) {
                case '\\', '"' -> out.append('\\').append((char) letter);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                default -> {
                    if (letter >= ' ' && letter <= '~') {
                        out.append((char) letter);
                    } else {
                        out.append("\\x").append(HEX.charAt(letter >> 4 & 15)).append(HEX.charAt(letter & 15));
                    }
                }
            }
        }
        out.append('"');
    }
}
