package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.FallbackSettings.OnMiss;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the store: the journal first, then what is known, as of one moment. Writes go to the journal.
 * Confined to the lane's event loop.
 */
final class Keyspace {
    private final Journal journal;
    private final KnownValues known;
    private final KeyPatterns patterns;
    private final OnMiss onMiss;
    private final long maxStaleMillis;
    private final FallbackCounters counters;
    /** Keys whose known value was overtaken by a command in doubt, until the flight reader comes past it. */
    private final Set<StoreKey> distrusted = new HashSet<>();

    private Mode mode = Mode.MEMORY_ONLY;
    private long nowMillis;

    record Write(StoreKey key, byte @Nullable [] value) {}

    Keyspace(Journal journal, KnownValues known, FallbackSettings settings, FallbackCounters counters) {
        this.journal = journal;
        this.known = known;
        this.patterns = new KeyPatterns(settings.keyPatterns());
        this.onMiss = settings.onMiss();
        Duration maxStale = settings.maxStale();
        this.maxStaleMillis = maxStale == null ? Long.MAX_VALUE : maxStale.toMillis();
        this.counters = counters;
    }

    void begin(Mode mode, long nowMillis) {
        this.mode = mode;
        this.nowMillis = nowMillis;
    }

    Mode mode() {
        return mode;
    }

    long nowMillis() {
        return nowMillis;
    }

    void distrust(StoreKey key) {
        distrusted.add(key);
    }

    void trustAgain() {
        distrusted.clear();
    }

    /** For a read: a miss is what the settings say. */
    Held read(StoreKey key) {
        Held held = look(key);
        if (held != Held.NEVER_SEEN) {
            counters.hit();
            return held;
        }
        counters.miss();
        return switch (onMiss) {
            case NIL -> Held.ABSENT;
            case HOLD -> throw Verdict.HOLD;
            case ERROR ->
                throw Verdict.refused("UNAVAILABLE Redis is away and this key is not in memory;"
                        + " nothing was changed. Try again when Redis is back");
        };
    }

    /** For a write whose effect or reply depends on what is there: a miss waits for Redis. */
    Held readForWrite(StoreKey key) {
        Held held = look(key);
        if (held == Held.NEVER_SEEN) {
            throw Verdict.HOLD;
        }
        return held;
    }

    /** Whether the key exists, for the reply of a delete; a miss counts as a read's would, but an error would be no help. */
    Held readForDelete(StoreKey key) {
        Held held = look(key);
        if (held == Held.NEVER_SEEN && onMiss != OnMiss.NIL) {
            throw Verdict.HOLD;
        }
        return held;
    }

    /** For a write that does not care: only whether this key may use the fallback. */
    void requireAllowed(StoreKey key) {
        if (mode == Mode.OUTAGE && !patterns.allow(key.bytes())) {
            throw Verdict.HOLD;
        }
    }

    private Held look(StoreKey key) {
        requireAllowed(key);
        JournalEntry entry = journal.find(key);
        if (entry != null) {
            return lookAt(entry);
        }
        if (mode == Mode.MEMORY_ONLY) {
            return Held.ABSENT;
        }
        KnownValue value = trusted(key);
        if (value == null || nowMillis - value.seenAtMillis() > maxStaleMillis) {
            return Held.NEVER_SEEN;
        }
        return value.isAliveAt(nowMillis) ? value : Held.ABSENT;
    }

    private Held lookAt(JournalEntry entry) {
        if (!entry.exists()) {
            return Held.ABSENT;
        }
        if (!Expiry.hasPassed(entry.expiryMillis(), nowMillis)) {
            return entry;
        }
        if (mode == Mode.MEMORY_ONLY) {
            journal.remove(entry.key());
        }
        return Held.ABSENT;
    }

    private @Nullable KnownValue trusted(StoreKey key) {
        return distrusted.contains(key) ? null : known.find(key);
    }

    /** Throws a refusal unless all of these can be accepted together. */
    void requireRoom(List<Write> writes) {
        if (hasRoom(writes)) {
            return;
        }
        journal.sweepExpired(nowMillis);
        if (!hasRoom(writes)) {
            throw full();
        }
    }

    /** For a value that is worth asking about before it is made. */
    void requireRoomFor(StoreKey key, int valueBytes) {
        requireRoom(List.of(new Write(key, null)));
        if (valueBytes > journal.maxBytes()) {
            throw full();
        }
    }

    private Verdict full() {
        counters.refused();
        return Verdict.refused("UNAVAILABLE the memory fallback is full (" + journal.size() + " keys, "
                + journal.bytes() + " bytes); nothing was written. Try again when Redis is back,"
                + " or give the fallback's journal more room");
    }

    private boolean hasRoom(List<Write> writes) {
        long bytes = 0;
        int entries = 0;
        for (Write write : writes) {
            JournalEntry entry = journal.find(write.key());
            long cost = JournalEntry.costBytes(write.key(), write.value());
            if (entry == null) {
                entries++;
                bytes += cost + seen(write.key()).valueBytes();
            } else {
                bytes += Math.max(0, cost - JournalEntry.costBytes(entry.key(), entry.value()));
            }
        }
        return journal.hasRoomFor(bytes, entries);
    }

    void write(StoreKey key, byte[] value, long expiryMillis) {
        requireRoom(List.of(new Write(key, value)));
        writeWithRoom(key, value, expiryMillis);
    }

    /** After {@link #requireRoom}. */
    void writeWithRoom(StoreKey key, byte[] value, long expiryMillis) {
        accept(key, value, expiryMillis, true);
    }

    /** @param value what the key holds now */
    void changeExpiry(StoreKey key, byte[] value, long expiryMillis) {
        requireRoom(List.of(new Write(key, value)));
        accept(key, value, expiryMillis, false);
    }

    void delete(StoreKey key) {
        if (mode == Mode.OUTAGE) {
            requireRoom(List.of(new Write(key, null)));
        }
        deleteWithRoom(key);
    }

    /** After {@link #requireRoom}. Where no upstream was ever seen there is nobody to be told about it. */
    void deleteWithRoom(StoreKey key) {
        if (mode == Mode.MEMORY_ONLY) {
            journal.remove(key);
        } else {
            accept(key, null, Expiry.NONE, true);
        }
    }

    private void accept(StoreKey key, byte @Nullable [] value, long expiryMillis, boolean writesValue) {
        boolean beforeUpstream = mode == Mode.MEMORY_ONLY;
        journal.accept(key, seen(key), new JournalEntry.State(value, expiryMillis, writesValue, beforeUpstream));
    }

    /** However old: what is replayed is compared with it upstream. */
    private Seen seen(StoreKey key) {
        KnownValue value = mode == Mode.MEMORY_ONLY ? null : trusted(key);
        return value == null ? Seen.UNKNOWN : value.asSeen();
    }

    Journal journal() {
        return journal;
    }
}
