package dev.redoubt.proxy.fallback;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the journal can take more. What it has taken it keeps, so what does not fit is refused. Confined to the lane's event loop. */
final class JournalRoom {
    private final long maxAgeMillis;
    private final FallbackCounters counters;
    private boolean closed;

    /** @param maxAge null: any */
    JournalRoom(@Nullable Duration maxAge, FallbackCounters counters) {
        this.maxAgeMillis = maxAge == null ? Long.MAX_VALUE : maxAge.toMillis();
        this.counters = counters;
    }

    /** Throws a refusal unless all of these can be accepted together. */
    void require(
            AcceptedWrites journal,
            List<PlannedWrite> writes,
            Mode mode,
            long nowMillis,
            Function<StoreKey, Seen> seen) {
        requireOpen(journal, mode, nowMillis);
        if (!fits(journal, writes, seen)) {
            journal.sweepExpired(nowMillis);
            if (!fits(journal, writes, seen)) {
                throw full(journal);
            }
        }
    }

    /** The same for one write. Returns what the journal has for the key. */
    @Nullable
    JournalEntry require(
            AcceptedWrites journal,
            StoreKey key,
            long contentBytes,
            Mode mode,
            long nowMillis,
            Function<StoreKey, Seen> seen) {
        requireOpen(journal, mode, nowMillis);
        JournalEntry found = journal.find(key);
        if (!fits(journal, key, found, contentBytes, seen)) {
            journal.sweepExpired(nowMillis);
            found = journal.find(key);
            if (!fits(journal, key, found, contentBytes, seen)) {
                throw full(journal);
            }
        }
        return found;
    }

    private void requireOpen(AcceptedWrites journal, Mode mode, long nowMillis) {
        if (closed) {
            counters.refused();
            throw Verdict.refused(
                    "UNAVAILABLE the journal cannot be written to disk (journal.dir); nothing was written."
                            + " Try again when Redis is back");
        }
        if (mode == Mode.OUTAGE && maxAgeMillis != Long.MAX_VALUE) {
            requireYouth(journal.oldest(), nowMillis);
        }
    }

    /** Nothing can be kept any more. */
    void close() {
        closed = true;
    }

    void requireBytes(AcceptedWrites journal, int bytes) {
        if (bytes > journal.maxBytes()) {
            throw full(journal);
        }
    }

    private void requireYouth(@Nullable JournalEntry oldest, long nowMillis) {
        if (oldest != null && nowMillis - oldest.acceptedAtMillis() > maxAgeMillis) {
            counters.refused();
            throw Verdict.refused("UNAVAILABLE Redis is away for longer than memory keeps writes for it"
                    + " (journal.max-age); nothing was written. Try again when Redis is back");
        }
    }

    private Verdict full(AcceptedWrites journal) {
        counters.refused();
        return Verdict.refused("UNAVAILABLE the memory fallback is full (" + journal.size() + " keys, "
                + journal.bytes() + " bytes); nothing was written. Try again when Redis is back,"
                + " or give the fallback's journal more room");
    }

    private static boolean fits(AcceptedWrites journal, List<PlannedWrite> writes, Function<StoreKey, Seen> seen) {
        long bytes = 0;
        int entries = 0;
        for (PlannedWrite write : writes) {
            JournalEntry found = journal.find(write.key());
            bytes += moreBytes(write.key(), found, write.contentBytes(), seen);
            entries += found == null ? 1 : 0;
        }
        return journal.hasRoomFor(bytes, entries);
    }

    private static boolean fits(
            AcceptedWrites journal,
            StoreKey key,
            @Nullable JournalEntry found,
            long contentBytes,
            Function<StoreKey, Seen> seen) {
        return journal.hasRoomFor(moreBytes(key, found, contentBytes, seen), found == null ? 1 : 0);
    }

    private static long moreBytes(
            StoreKey key, @Nullable JournalEntry found, long contentBytes, Function<StoreKey, Seen> seen) {
        long cost = JournalEntry.costBytes(key, contentBytes);
        return found == null ? cost + seen.apply(key).valueBytes() : Math.max(0, cost - found.countedBytes());
    }
}
