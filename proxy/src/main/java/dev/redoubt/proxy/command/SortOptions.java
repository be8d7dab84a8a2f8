package dev.redoubt.proxy.command;

/**
 * The options of SORT and SORT_RO.
 *
 * @param destination the position of the key behind the last STORE, or 0
 * @param readsByPattern whether BY or GET read keys that only the pattern and the elements together name
 */
record SortOptions(int destination, boolean readsByPattern) {

    static SortOptions of(byte[][] args) {
        int destination = 0;
        boolean pattern = false;
        for (int i = 2; i < args.length; i++) {
            if (Args.is(args[i], "limit")) {
                i += 2;
            } else if (Args.is(args[i], "store") && i + 1 < args.length) {
                destination = ++i;
            } else if (Args.isAny(args[i], "by", "get") && i + 1 < args.length) {
                pattern |= hasStar(args[++i]);
            }
        }
        return new SortOptions(destination, pattern);
    }

    private static boolean hasStar(byte[] pattern) {
        for (byte letter : pattern) {
            if (letter == '*') {
                return true;
            }
        }
        return false;
    }
}
