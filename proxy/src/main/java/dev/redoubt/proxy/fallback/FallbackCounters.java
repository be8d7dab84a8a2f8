package dev.redoubt.proxy.fallback;

/** What the store has done since the start. Confined to the lane's event loop. */
final class FallbackCounters {
    private long hits;
    private long misses;
    private long writes;
    private long refused;
    private long held;
    private long replayed;
    private long conflicts;
    private long locksGranted;
    private long locksDenied;
    private long locksUnasked;
    private long lockClashes;
    private long oldestGivenMillis;

    void hit() {
        hits++;
    }

    void miss() {
        misses++;
    }

    void write() {
        writes++;
    }

    void refused() {
        refused++;
    }

    void held() {
        held++;
    }

    void replayed() {
        replayed++;
    }

    void conflict(boolean isLock) {
        conflicts++;
        lockClashes += isLock ? 1 : 0;
    }

    void lockGranted() {
        locksGranted++;
    }

    void lockDenied() {
        locksDenied++;
    }

    /** Granted without looking. */
    void lockUnasked() {
        locksUnasked++;
    }

    /** What of it a transaction may have to take back. */
    record Done(
            long hits,
            long misses,
            long writes,
            long refused,
            long locksGranted,
            long locksDenied,
            long locksUnasked,
            long oldestGivenMillis) {}

    Done done() {
        return new Done(hits, misses, writes, refused, locksGranted, locksDenied, locksUnasked, oldestGivenMillis);
    }

    /** What was done since then has not come to be; that it was refused has. */
    void restore(Done before) {
        hits = before.hits();
        misses = before.misses();
        writes = before.writes();
        locksGranted = before.locksGranted();
        locksDenied = before.locksDenied();
        locksUnasked = before.locksUnasked();
        oldestGivenMillis = before.oldestGivenMillis();
    }

    /** Nor has its being refused: it is tried once more. */
    void restoreRefused(Done before) {
        refused = before.refused();
    }

    /** A known value of this age was looked at. */
    void age(long millis) {
        oldestGivenMillis = Math.max(oldestGivenMillis, millis);
    }

    /** An outage begins: ages count anew. */
    void forgetAges() {
        oldestGivenMillis = 0;
    }

    FallbackStats snapshot(Journal journal) {
        return new FallbackStats(
                hits,
                misses,
                writes,
                held,
                refused,
                replayed,
                conflicts,
                new FallbackStats.Locks(locksGranted, locksDenied, locksUnasked, lockClashes),
                oldestGivenMillis,
                journal.size(),
                journal.bytes());
    }
}
