package dev.redoubt.proxy.fallback;

/**
 * One state of a journal entry on its way to Redis.
 *
 * @param acceptance the entry's when the attempt was made
 * @param result what Redis holds if the attempt is carried out
 */
record ReplayAttempt(JournalEntry entry, long acceptance, ReplayPlan plan, Seen result) {
    StoreKey key() {
        return entry.key();
    }

    /** False: the key was written again meanwhile. */
    boolean isLatest() {
        return entry.acceptance() == acceptance;
    }
}
