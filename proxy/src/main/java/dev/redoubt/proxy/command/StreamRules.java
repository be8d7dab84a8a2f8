package dev.redoubt.proxy.command;

/** Replay classes of stream commands. */
final class StreamRules {
    private StreamRules() {}

    /** A complete id is refused the second time; one that the server completes makes a second entry. */
    static ReplayClass xadd(byte[][] args) {
        int id = xaddId(args);
        if (id < 0) {
            return ReplayClass.UNKNOWN;
        }
        byte[] text = args[id];
        boolean generated = text.length > 0 && text[text.length - 1] == '*';
        return generated ? ReplayClass.ACCUMULATES : ReplayClass.DECISION;
    }

    /** Where the id stands behind the options of Redis 7.0, or -1 if something else stands there. */
    private static int xaddId(byte[][] args) {
        for (int i = 2; i < args.length; i++) {
            if (Args.isAny(args[i], "maxlen", "minid")) {
                i += i + 1 < args.length && Args.isAny(args[i + 1], "~", "=") ? 2 : 1;
            } else if (Args.is(args[i], "limit")) {
                i++;
            } else if (!Args.is(args[i], "nomkstream")) {
                return isId(args[i]) ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isId(byte[] text) {
        for (byte letter : text) {
            if (letter != '*' && letter != '-' && (letter < '0' || letter > '9')) {
                return false;
            }
        }
        return text.length > 0;
    }

    /** BLOCK with $ waits for what comes from now on; what came between two runs would be missed. */
    static ReplayClass xread(byte[][] args) {
        boolean blocks = RouteRule.BLOCK.decide(args) == Route.BLOCKING;
        return blocks && anyId(args, "$") ? ReplayClass.DESTRUCTIVE_READ : ReplayClass.READ;
    }

    /** {@code >} hands out entries once; another id counts one more delivery of the consumer's own. */
    static ReplayClass xreadgroup(byte[][] args) {
        if (!hasKnownOptionsOnly(args)) {
            return ReplayClass.UNKNOWN;
        }
        return anyId(args, ">") ? ReplayClass.DESTRUCTIVE_READ : ReplayClass.ACCUMULATES;
    }

    private static boolean hasKnownOptionsOnly(byte[][] args) {
        int streams = MovableKeys.streamsWord(args);
        for (int i = 4; i < streams; i++) {
            if (Args.isAny(args[i], "count", "block")) {
                i++;
            } else if (!Args.is(args[i], "noack")) {
                return false;
            }
        }
        return streams > 0;
    }

    private static boolean anyId(byte[][] args, String id) {
        int[] keys = MovableKeys.streams(args);
        int firstId = keys == null ? args.length : keys[keys.length - 1] + 1;
        return Args.indexOf(args, id, firstId) >= 0;
    }
}
