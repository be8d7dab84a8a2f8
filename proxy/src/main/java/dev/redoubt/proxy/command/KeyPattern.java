package dev.redoubt.proxy.command;

import org.jspecify.annotations.Nullable;

/**
 * Where a command's keys are: the fixed positions that COMMAND gives, and what has to be looked for in the arguments.
 *
 * @param kind how keys are found
 * @param first position of the first fixed key, 0 for none
 * @param last position of the last fixed key; negative: from the end
 * @param step distance between fixed keys
 * @param from for movable keys: where the count stands, or where the options begin
 * @param every for counted keys: the distance between them
 */
record KeyPattern(Kind kind, int first, int last, int step, int from, int every) {
    private static final int[] NO_KEYS = {};

    enum Kind {
        FIXED,
        /** Fixed positions that hold channels: COMMAND lists them, but they are no keys. */
        CHANNELS,
        /** Touches keys that its arguments do not name. */
        ANY,
        /** What an upstream calls movable and nobody here knows how to find. */
        UNKNOWABLE,
        COUNTED,
        STREAMS,
        SORT,
        GEO_STORE,
        MIGRATE
    }

    static KeyPattern fixed(int first, int last, int step) {
        return new KeyPattern(Kind.FIXED, first, last, step, 0, 0);
    }

    static KeyPattern any() {
        return new KeyPattern(Kind.ANY, 0, 0, 0, 0, 0);
    }

    static KeyPattern movable(Kind kind, int fixedKey, int from, int every) {
        return new KeyPattern(kind, fixedKey, fixedKey, fixedKey == 0 ? 0 : 1, from, every);
    }

    /** For a command that only the upstream knows (a module's): without key positions it may touch anything. */
    static KeyPattern ofStranger(int first, int last, int step, boolean movable) {
        Kind kind = movable ? Kind.UNKNOWABLE : first == 0 ? Kind.ANY : Kind.FIXED;
        return new KeyPattern(kind, first, last, step, 0, 0);
    }

    /** This pattern where the upstream agrees with it or calls the keys movable too, else what the upstream says. */
    KeyPattern orUpstream(int upstreamFirst, int upstreamLast, int upstreamStep, boolean upstreamMovable) {
        boolean same = first == upstreamFirst && last == upstreamLast && (first == 0 || step == upstreamStep);
        boolean agreed = isMovable() == upstreamMovable && (same || upstreamMovable);
        return agreed ? this : ofStranger(upstreamFirst, upstreamLast, upstreamStep, upstreamMovable);
    }

    boolean isMovable() {
        return kind.compareTo(Kind.UNKNOWABLE) >= 0;
    }

    /** Positions of the keys in these arguments; null if they cannot be known. */
    int @Nullable [] find(byte[][] args) {
        return switch (kind) {
            case FIXED -> fixedPositions(args.length);
            case CHANNELS -> NO_KEYS;
            case ANY, UNKNOWABLE -> null;
            case COUNTED -> MovableKeys.counted(args, first, from, every);
            case STREAMS -> MovableKeys.streams(args);
            case SORT -> MovableKeys.sort(args);
            case GEO_STORE -> MovableKeys.geoStore(args, from);
            case MIGRATE -> MovableKeys.migrate(args);
        };
    }

    private int @Nullable [] fixedPositions(int count) {
        if (first == 0) {
            return NO_KEYS;
        }
        int end = last < 0 ? count + last : last;
        if (first > end || end >= count) {
            return null;
        }
        int[] positions = new int[(end - first) / step + 1];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = first + i * step;
        }
        return positions;
    }
}
