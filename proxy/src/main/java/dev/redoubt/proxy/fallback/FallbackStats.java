package dev.redoubt.proxy.fallback;

/**
 * The memory store at one moment.
 *
 * @param hits reads of keys that it had something to say about, absence included
 * @param misses reads of keys never seen
 * @param writes commands that changed something here
 * @param held commands left to wait for Redis
 * @param refused writes refused because the journal was full
 * @param replayed entries of the journal that Redis has taken
 * @param conflicts entries that were given up because Redis holds something else
 * @param oldestGivenMillis the largest age of a known value that was given in the newest outage
 * @param journalEntries keys in the journal
 * @param journalBytes their weight
 */
public record FallbackStats(
        long hits,
        long misses,
        long writes,
        long held,
        long refused,
        long replayed,
        long conflicts,
        Locks locks,
        long oldestGivenMillis,
        int journalEntries,
        long journalBytes) {

    /**
     * Locks while Redis was away.
     *
     * @param granted to one client each
     * @param denied because another client of this proxy has it, or was seen to have it
     * @param unasked granted to whoever asked, by a rule
     * @param clashes granted here and held by somebody else at Redis; conflicts too
     */
    public record Locks(long granted, long denied, long unasked, long clashes) {}
}
