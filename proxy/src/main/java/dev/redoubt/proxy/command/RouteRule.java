package dev.redoubt.proxy.command;

/** Routes that the arguments decide; the table names them with a tilde. */
enum RouteRule {
    /** XREAD, XREADGROUP: with BLOCK they may wait. A lease too many costs little, so a bad option decides nothing. */
    BLOCK {
        @Override
        Route decide(byte[][] args) {
            int streams = MovableKeys.streamsWord(args);
            int block = Args.indexOf(args, "block", args.length > 1 && Args.is(args[1], "group") ? 4 : 1);
            return block > 0 && (streams < 0 || block < streams) ? Route.BLOCKING : Route.SHARED;
        }
    },
    /** CLIENT TRACKING: ON changes its connection; OFF on a connection that never tracks changes nothing. */
    TRACKING {
        @Override
        Route decide(byte[][] args) {
            return args.length > 2 && Args.is(args[2], "on") ? Route.DEDICATED : Route.SHARED;
        }
    };

    abstract Route decide(byte[][] args);
}
