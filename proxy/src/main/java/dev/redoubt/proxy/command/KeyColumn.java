package dev.redoubt.proxy.command;

import dev.redoubt.proxy.command.KeyPattern.Kind;

/** Reads the keys column of the table file; its head explains the notation. */
final class KeyColumn {
    private KeyColumn() {}

    static KeyPattern parse(String text) {
        if (text.equals("-")) {
            return KeyPattern.fixed(0, 0, 0);
        }
        if (text.equals("any")) {
            return KeyPattern.any();
        }
        if (text.startsWith("channel:")) {
            KeyPattern range = range(text.substring("channel:".length()));
            return new KeyPattern(Kind.CHANNELS, range.first(), range.last(), 1, 0, 0);
        }
        int plus = text.indexOf('+');
        if (plus > 0) {
            return movable(Integer.parseInt(text.substring(0, plus)), text.substring(plus + 1));
        }
        return Character.isDigit(text.charAt(0)) ? range(text) : movable(0, text);
    }

    /** N, N..M, N..M/STEP. */
    private static KeyPattern range(String text) {
        int slash = text.indexOf('/');
        int step = slash < 0 ? 1 : Integer.parseInt(text.substring(slash + 1));
        String positions = slash < 0 ? text : text.substring(0, slash);
        int dots = positions.indexOf("..");
        int first = Integer.parseInt(dots < 0 ? positions : positions.substring(0, dots));
        return KeyPattern.fixed(first, dots < 0 ? first : Integer.parseInt(positions.substring(dots + 2)), step);
    }

    private static KeyPattern movable(int fixedKey, String text) {
        int at = text.indexOf('@');
        KeyPattern where = at < 0 ? KeyPattern.fixed(0, 0, 0) : range(text.substring(at + 1));
        Kind kind = switch (at < 0 ? text : text.substring(0, at)) {
            case "numkeys" -> Kind.COUNTED;
            case "store" -> Kind.GEO_STORE;
            case "streams" -> Kind.STREAMS;
            case "sort" -> Kind.SORT;
            case "migrate" -> Kind.MIGRATE;
            default -> throw new IllegalArgumentException("unknown notation for keys: " + text);
        };
        return KeyPattern.movable(kind, fixedKey, where.first(), where.step());
    }
}
