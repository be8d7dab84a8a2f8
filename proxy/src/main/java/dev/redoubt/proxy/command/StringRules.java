package dev.redoubt.proxy.command;

/** Replay classes of string commands whose options decide. */
final class StringRules {
    private StringRules() {}

    /**
     * KEEPTTL keeps what others, or time, did to the expiry: a replay after the key expired makes it live for ever, which
     * the delayed first run would not have done.
     */
    static ReplayClass set(byte[][] args) {
        ReplayClass worst = ReplayClass.LAST_WINS;
        for (int i = 3; i < args.length; i++) {
            worst = worst.or(setOption(args[i]));
            i += isExpiry(args[i]) ? 1 : 0;
        }
        return worst;
    }

    private static ReplayClass setOption(byte[] option) {
        if (isExpiry(option)) {
            return ReplayClass.LAST_WINS;
        }
        if (Args.is(option, "keepttl")) {
            return ReplayClass.CONVERGES_ALONE;
        }
        if (Args.isAny(option, "nx", "xx")) {
            return ReplayClass.DECISION;
        }
        return Args.is(option, "get") ? ReplayClass.DESTRUCTIVE_READ : ReplayClass.UNKNOWN;
    }

    /** An expiry in the past deletes the key whose value it returns, so EXAT and PXAT may be a GETDEL. */
    static ReplayClass getex(byte[][] args) {
        if (args.length == 2) {
            return ReplayClass.READ;
        }
        if (args.length == 3) {
            return Args.is(args[2], "persist") ? ReplayClass.CONVERGES_ALONE : ReplayClass.UNKNOWN;
        }
        if (args.length > 4 || !isExpiry(args[2])) {
            return ReplayClass.UNKNOWN;
        }
        return Args.isAny(args[2], "ex", "px") ? ReplayClass.CONVERGES_ALONE : ReplayClass.DESTRUCTIVE_READ;
    }

    /** BITFIELD SET returns the old value, as GETSET does. */
    static ReplayClass bitfield(byte[][] args) {
        ReplayClass worst = ReplayClass.READ;
        for (int i = 2; i < args.length; i++) {
            if (Args.is(args[i], "get")) {
                i += 2;
            } else if (Args.is(args[i], "set")) {
                worst = worst.or(ReplayClass.DESTRUCTIVE_READ);
                i += 3;
            } else if (Args.is(args[i], "incrby")) {
                worst = worst.or(ReplayClass.ACCUMULATES);
                i += 3;
            } else if (Args.is(args[i], "overflow")) {
                i += 1;
            } else {
                return ReplayClass.UNKNOWN;
            }
        }
        return worst;
    }

    private static boolean isExpiry(byte[] option) {
        return Args.isAny(option, "ex", "px", "exat", "pxat");
    }
}
