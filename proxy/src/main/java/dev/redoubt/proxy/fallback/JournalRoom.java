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
            List<Keyspace.Write> writes,
            Mode mode,
            long nowMillis,
            Function<StoreKey, Seen> seen) {
        if (closed) {
            counters.refused();
            throw Verdict.refused(
                    "UNAVAILABLE the journal cannot be written to disk (journal.dir); nothing was written."
                            + " Try again when Redis is back");
        }
        if (mode == Mode.OUTAGE) {
            requireYouth(journal.oldest(), nowMillis);
        }
        if (fits(journal, writes, seen)) {
            return;
        }
        journal.sweepExpired(nowMillis);
        if (!fits(journal, writes, seen)) {
            throw full(journal);
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

    private boolean fits(AcceptedWrites journal, List<Keyspace.Write> writes, Function<StoreKey, Seen> seen) {
        long bytes = 0;
        int entries = 0;
        for (Keyspace.Write write : writes) {
            JournalEntry entry = journal.find(write.key());
            long cost = JournalEntry.costBytes(write.key(), write.contentBytes());
            if (entry == null) {
                entries++;
                bytes += cost + seen.apply(write.key()).valueBytes();
            } else {
                bytes += Math.max(0, cost - entry.countedBytes());
            }
        }
        return journal.hasRoomFor(bytes, entries);
    }
}
