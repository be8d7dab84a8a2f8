package dev.redoubt.proxy.command;

/** Routes that the arguments decide; the table names them with a tilde. */
enum RouteRule {
    /** XREAD, XREADGROUP: with BLOCK they may wait. A lease too many costs little, so a bad option decides nothing. */
    BLOCK;

    Route decide(byte[][] args) {
        return switch (this) {
            case BLOCK -> blocks(args) ? Route.BLOCKING : Route.SHARED;
        };
    }

    private static boolean blocks(byte[][] args) {
        int streams = MovableKeys.streamsWord(args);
        int block = Args.indexOf(args, "block", MovableKeys.optionsOfXread(args));
        return block > 0 && (streams < 0 || block < streams);
    }
}
