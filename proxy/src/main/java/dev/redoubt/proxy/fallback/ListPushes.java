package dev.redoubt.proxy.fallback;

/**
 * How many elements of a list were pushed in this outage, at each end; or that all of them are ours, and replace whatever Redis holds. Immutable.
 *
 * @param left the first so many elements
 * @param right the last so many
 */
record ListPushes(int left, int right, boolean replacesAll) {
    static final ListPushes NONE = new ListPushes(0, 0, false);
    static final ListPushes REPLACE_ALL = new ListPushes(0, 0, true);

    static ListPushes at(ListValue.End end, int count) {
        return end == ListValue.End.LEFT ? new ListPushes(count, 0, false) : new ListPushes(0, count, false);
    }

    ListPushes plus(ListPushes more) {
        return replacesAll ? this : new ListPushes(left + more.left, right + more.right, false);
    }

    /** So many are at Redis, or are given up. */
    ListPushes minus(ListPushes sent) {
        return replacesAll ? this : new ListPushes(left - sent.left, right - sent.right, false);
    }
}
