package dev.redoubt.proxy.fallback;

/** What the store has done since the start. Confined to the lane's event loop. */
final class FallbackCounters {
    private long hits;
    private long misses;
    private long refused;
    private long held;
    private long replayed;
    private long conflicts;

    void hit() {
        hits++;
    }

    void miss() {
        misses++;
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

    void conflict() {
        conflicts++;
    }

    FallbackStats snapshot(Journal journal) {
        return new FallbackStats(hits, misses, held, refused, replayed, conflicts, journal.size(), journal.bytes());
    }
}
