package dev.redoubt.proxy.command;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's keys are: the fixed positions that COMMAND gives (first, last, step; a negative last counts from the
 * end), and code for those that it calls movable. Immutable.
 */
final class KeyPattern {
    private static final int[] NO_KEYS = {};

    /** Finds all keys, the fixed ones too; null when the arguments make no sense. */
    @FunctionalInterface
    interface Finder {
        int @Nullable [] find(byte[][] args);
    }

    private final int first;
    private final int last;
    private final int step;
    private final @Nullable Finder finder;
    private final boolean movable;

    private KeyPattern(int first, int last, int step, @Nullable Finder finder, boolean movable) {
        this.first = first;
        this.last = last;
        this.step = step;
        this.finder = finder;
        this.movable = movable;
    }

    /** No keys, and none touched. */
    static KeyPattern none() {
        return new KeyPattern(0, 0, 0, null, false);
    }

    static KeyPattern fixed(int first, int last, int step) {
        return new KeyPattern(first, last, step, null, false);
    }

    /** Fixed positions that hold channels: COMMAND lists them, but they are no keys. */
    static KeyPattern channels(int first, int last) {
        return new KeyPattern(first, last, 1, args -> NO_KEYS, false);
    }

    /** Touches keys that its arguments do not name. */
    static KeyPattern any() {
        return new KeyPattern(0, 0, 0, args -> null, false);
    }

    static KeyPattern movable(int first, Finder finder) {
        return new KeyPattern(first, first, first == 0 ? 0 : 1, finder, true);
    }

    /** Positions in what an upstream calls movable and nobody here knows how to find. */
    private static KeyPattern unknowable(int first, int last, int step) {
        return new KeyPattern(first, last, step, args -> null, true);
    }

    /** For a command that only the upstream knows (a module's): without key positions it may touch anything. */
    static KeyPattern ofStranger(int first, int last, int step, boolean movable) {
        return movable || first == 0
                ? new KeyPattern(first, last, step, args -> null, movable)
                : fixed(first, last, step);
    }

    /** This pattern where the upstream agrees with it or calls the keys movable, else what the upstream says. */
    KeyPattern orUpstream(int upstreamFirst, int upstreamLast, int upstreamStep, boolean upstreamMovable) {
        if (upstreamMovable) {
            return movable ? this : unknowable(upstreamFirst, upstreamLast, upstreamStep);
        }
        boolean same = first == upstreamFirst && last == upstreamLast && (first == 0 || step == upstreamStep);
        return same && !movable ? this : ofStranger(upstreamFirst, upstreamLast, upstreamStep, false);
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    int step() {
        return step;
    }

    boolean isMovable() {
        return movable;
    }

    int @Nullable [] find(byte[][] args) {
        return finder == null ? fixedPositions(args.length) : finder.find(args);
    }

    private int @Nullable [] fixedPositions(int count) {
        if (first == 0) {
            return NO_KEYS;
        }
        int end = last < 0 ? count + last : last;
        if (first > end || end >= count) {
            return null;
        }
        return IntStream.iterate(first, position -> position <= end, position -> position + step)
                .toArray();
    }
}
