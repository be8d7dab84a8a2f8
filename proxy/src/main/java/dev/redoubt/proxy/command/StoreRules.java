package dev.redoubt.proxy.command;

import java.util.Arrays;

/** Replay classes of commands that store what they compute, and of sorted sets' conditional adds. */
final class StoreRules {
    private StoreRules() {}

    /**
     * The destination is the first key, the sources follow. It converges only alone: a client that stores a snapshot and
     * then deletes the source must not have the snapshot taken again.
     */
    static ReplayClass store(CommandSpec spec, byte[][] args) {
        int[] keys = Keys.of(spec, args);
        if (keys == null || keys.length == 0) {
            return ReplayClass.UNKNOWN;
        }
        boolean aliased = Arrays.stream(keys).skip(1).anyMatch(position -> same(args[keys[0]], args[position]));
        return aliased ? ReplayClass.ACCUMULATES : ReplayClass.CONVERGES_ALONE;
    }

    /** The source is the first key, STORE and STOREDIST follow. */
    static ReplayClass georadius(CommandSpec spec, byte[][] args) {
        int[] keys = Keys.of(spec, args);
        return keys != null && keys.length == 1 ? ReplayClass.READ : store(spec, args);
    }

    static ReplayClass zadd(byte[][] args) {
        ReplayClass worst = ReplayClass.CONVERGES_ALONE;
        for (int i = 2; i < args.length; i++) {
            if (Args.isAny(args[i], "nx", "xx", "gt", "lt")) {
                worst = worst.or(ReplayClass.DECISION);
            } else if (Args.is(args[i], "incr")) {
                worst = worst.or(ReplayClass.ACCUMULATES);
            } else if (!Args.is(args[i], "ch")) {
                break;
            }
        }
        return worst;
    }

    static ReplayClass geoadd(byte[][] args) {
        return Args.isAny(args[2], "nx", "xx") || Args.isAny(args[3], "nx", "xx")
                ? ReplayClass.DECISION
                : ReplayClass.CONVERGES_ALONE;
    }

    static boolean same(byte[] key, byte[] other) {
        return Arrays.equals(key, other);
    }
}
