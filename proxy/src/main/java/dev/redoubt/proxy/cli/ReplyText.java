package dev.redoubt.proxy.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Replies as redis-cli shows them on a terminal. Stateless. */
final class ReplyText {
    private ReplyText() {}

    static String of(Reply reply) {
        return of(reply, "");
    }

    /** For replies that are a page of text for people: as it is, without quotes. */
    static String page(Reply reply) {
        return reply instanceof Reply.Text text
                ? new String(text.bytes(), StandardCharsets.UTF_8).stripTrailing()
                : of(reply);
    }

    private static String of(Reply reply, String indent) {
        if (reply instanceof Reply.Status status) {
            return status.text();
        } else if (reply instanceof Reply.Failure failure) {
            return "(error) " + failure.text();
        } else if (reply instanceof Reply.Number number) {
            return "(integer) " + number.value();
        } else if (reply instanceof Reply.Scalar scalar) {
            return scalar.type().isEmpty() ? scalar.text() : "(" + scalar.type() + ") " + scalar.text();
        } else if (reply instanceof Reply.Text text) {
            return quoted(text.bytes());
        } else if (reply instanceof Reply.Items items) {
            return list(items.items(), indent);
        } else if (reply instanceof Reply.Pairs pairs) {
            return map(pairs.items(), indent);
        }
        return "(nil)";
    }

    private static String list(List<Reply> items, String indent) {
        if (items.isEmpty()) {
            return "(empty array)";
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String label = label(i, items.size(), ") ");
            startLine(lines, i, indent);
            lines.append(label).append(of(items.get(i), indent + " ".repeat(label.length())));
        }
        return lines.toString();
    }

    private static String map(List<Reply> items, String indent) {
        if (items.isEmpty()) {
            return "(empty hash)";
        }
        StringBuilder lines = new StringBuilder();
        for (int pair = 0; 2 * pair < items.size(); pair++) {
            String label = label(pair, items.size() / 2, "# ");
            String inner = indent + " ".repeat(label.length());
            startLine(lines, pair, indent);
            Reply value = items.get(2 * pair + 1);
            lines.append(label).append(of(items.get(2 * pair), inner)).append(" => ");
            lines.append(isFilled(value) ? "\n" + inner : "").append(of(value, inner));
        }
        return lines.toString();
    }

    private static boolean isFilled(Reply reply) {
        return (reply instanceof Reply.Items items && !items.items().isEmpty())
                || (reply instanceof Reply.Pairs pairs && !pairs.items().isEmpty());
    }

    /** Numbers of one list are as wide as its last one. */
    private static String label(int index, int count, String sign) {
        String number = Integer.toString(index + 1);
        return " ".repeat(Integer.toString(count).length() - number.length()) + number + sign;
    }

    private static void startLine(StringBuilder lines, int index, String indent) {
        if (index > 0) {
            lines.append('\n').append(indent);
        }
    }

    /** In double quotes, with everything that is not printable ASCII escaped. */
    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : bytes) {
            int c = b & 0xff;
            switch (c) {
                case '"', '\\' -> text.append('\\').append((char) c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case 0x07 -> text.append("\\a");
                case '\b' -> text.append("\\b");
                default -> text.append(c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format("\\x%02x", c));
            }
        }
        return text.append('"').toString();
    }
}
