package dev.redoubt.proxy.command;

/** Replay classes of commands on keys of any type, and of the server, whose options decide. */
final class KeyspaceRules {
    private KeyspaceRules() {}

    static ReplayClass expire(byte[][] args) {
        ReplayClass worst = ReplayClass.CONVERGES_ALONE;
        for (int i = 3; i < args.length; i++) {
            boolean condition = Args.isAny(args[i], "nx", "xx", "gt", "lt");
            worst = worst.or(condition ? ReplayClass.DECISION : ReplayClass.UNKNOWN);
        }
        return worst;
    }

    /** Without REPLACE a second run finds the first one's key: BUSYKEY. */
    static ReplayClass restore(byte[][] args) {
        ReplayClass replayClass = ReplayClass.DECISION;
        for (int i = 4; i < args.length; i++) {
            if (Args.is(args[i], "replace")) {
                replayClass = ReplayClass.LAST_WINS;
            } else if (Args.isAny(args[i], "idletime", "freq")) {
                i++;
            } else if (!Args.is(args[i], "absttl")) {
                return ReplayClass.UNKNOWN;
            }
        }
        return replayClass;
    }

    /** A pattern may read the destination that it writes. */
    static ReplayClass sort(byte[][] args) {
        SortOptions options = SortOptions.of(args);
        if (options.destination() == 0) {
            return ReplayClass.READ;
        }
        boolean mayReadDestination = options.readsByPattern() || StoreRules.same(args[1], args[options.destination()]);
        return mayReadDestination ? ReplayClass.ACCUMULATES : ReplayClass.CONVERGES_ALONE;
    }

    /** Cursor 0 begins anew, which every server run can do. */
    static ReplayClass scan(byte[][] args, int cursor) {
        return Args.is(args[cursor], "0") ? ReplayClass.READ : ReplayClass.CURSOR;
    }

    static ReplayClass functionLoad(byte[][] args) {
        boolean replace = args.length == 4 && Args.is(args[2], "replace");
        return replace ? ReplayClass.LAST_WINS : ReplayClass.DECISION;
    }

    static ReplayClass aclLog(byte[][] args) {
        return args.length > 2 && Args.is(args[2], "reset") ? ReplayClass.ADMIN : ReplayClass.READ;
    }
}
