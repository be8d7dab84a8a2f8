package dev.redoubt.proxy.command;

/**
 * Replay classes of commands that remove by position. A range converges if what it leaves lies outside the same range
 * counted again: LTRIM 0 99 and LTRIM -100 -1 leave nothing to trim, LTRIM 1 -1 removes one more each time.
 */
final class RangeRules {
    private RangeRules() {}

    /** Count 0 removes them all, so that nothing is left for a second run. */
    static ReplayClass lrem(byte[][] args) {
        return Args.number(args[2], 1) == 0 ? ReplayClass.CONVERGES_ALONE : ReplayClass.ACCUMULATES;
    }

    /** Keeps start..stop: converges if it can cut off elements in front only from the end, and behind only from the front. */
    static ReplayClass ltrim(byte[][] args) {
        long start = Args.number(args[2], 1);
        long stop = Args.number(args[3], -2);
        return start <= 0 && stop >= -1 ? ReplayClass.CONVERGES_ALONE : ReplayClass.ACCUMULATES;
    }

    /** Removes start..stop: converges if it keeps so many at the front and so many at the end. */
    static ReplayClass zremrangebyrank(byte[][] args) {
        long start = Args.number(args[2], -1);
        long stop = Args.number(args[3], 0);
        return start >= 0 && stop < 0 ? ReplayClass.CONVERGES_ALONE : ReplayClass.ACCUMULATES;
    }
}
