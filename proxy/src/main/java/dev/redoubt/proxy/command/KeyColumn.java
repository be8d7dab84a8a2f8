package dev.redoubt.proxy.command;

/** Reads the keys column of the table file; its head explains the notation. */
final class KeyColumn {
    private KeyColumn() {}

    static KeyPattern parse(String text) {
        int plus = text.indexOf('+');
        if (plus > 0) {
            return movable(Integer.parseInt(text.substring(0, plus)), text.substring(plus + 1));
        }
        if (text.equals("-")) {
            return KeyPattern.none();
        }
        if (text.equals("any")) {
            return KeyPattern.any();
        }
        if (text.startsWith("channel:")) {
            KeyPattern range = range(text.substring("channel:".length()));
            return KeyPattern.channels(range.first(), range.last());
        }
        return Character.isDigit(text.charAt(0)) ? range(text) : movable(0, text);
    }

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
        KeyPattern where = at < 0 ? KeyPattern.none() : range(text.substring(at + 1));
        KeyPattern.Finder finder =
                switch (at < 0 ? text : text.substring(0, at)) {
                    case "numkeys" -> args -> MovableKeys.counted(args, fixedKey, where.first(), where.step());
                    case "store" -> args -> MovableKeys.geoStore(args, where.first());
                    case "streams" -> MovableKeys::streams;
                    case "sort" -> MovableKeys::sort;
                    case "migrate" -> MovableKeys::migrate;
                    default -> throw new IllegalArgumentException("unknown notation for keys: " + text);
                };
        return KeyPattern.movable(fixedKey, finder);
    }
}
