package dev.redoubt.proxy.fallback;

/**
 * The memory store at one moment.
 *
 * @param hits reads of keys that it had something to say about, absence included
 * @param misses reads of keys never seen
 * @param held commands left to wait for Redis
 * @param refused writes refused because the journal was full
 * @param replayed entries of the journal that Redis has taken
 * @param conflicts entries that were given up because Redis holds something else
 * @param journalEntries keys in the journal
 * @param journalBytes their weight
 */
public record FallbackStats(
        long hits,
        long misses,
        long held,
        long refused,
        long replayed,
        long conflicts,
        int journalEntries,
        long journalBytes) {}
