package dev.redoubt.proxy.fallback;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged writes that Redis does not have: the last state of each key, in the order in which they were accepted. It
 * never evicts; when it is full a write is refused. While no upstream was ever seen it is the whole store.
 *
 * <p>Confined to the lane's event loop.
 */
final class Journal {
    private final long maxBytes;
    private final int maxEntries;
    /** Oldest acceptance first: an entry that changes moves to the end. */
    private final Map<StoreKey, JournalEntry> entries = new LinkedHashMap<>();

    private long bytes;
    private long acceptances;
    /** No entry's time passes before this. */
    private long nextExpiryMillis = Long.MAX_VALUE;

    Journal(long maxBytes, int maxEntries) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    long maxBytes() {
        return maxBytes;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable
    JournalEntry find(StoreKey key) {
        return entries.get(key);
    }

    @Nullable
    JournalEntry oldest() {
        return entries.isEmpty() ? null : entries.values().iterator().next();
    }

    /** Oldest acceptance first. Not to be used after the next change. */
    Iterable<JournalEntry> entries() {
        return entries.values();
    }

    void forEachIn(int db, Consumer<JournalEntry> visitor) {
        for (JournalEntry entry : entries.values()) {
            if (entry.key().db() == db) {
                visitor.accept(entry);
            }
        }
    }

    boolean hasRoomFor(long moreBytes, int moreEntries) {
        return bytes + moreBytes <= maxBytes && entries.size() + moreEntries <= maxEntries;
    }

    /** The caller has made sure that there is room. */
    void accept(StoreKey key, Seen seenIfNew, JournalEntry.State state) {
        JournalEntry entry = entries.remove(key);
        if (entry == null) {
            entry = new JournalEntry(key, seenIfNew);
        } else {
            bytes -= entry.costBytes();
        }
        entry.accept(state, ++acceptances);
        entries.put(entry.key(), entry);
        bytes += entry.costBytes();
        if (Expiry.isTime(state.expiryMillis())) {
            nextExpiryMillis = Math.min(nextExpiryMillis, state.expiryMillis());
        }
    }

    void remove(StoreKey key) {
        JournalEntry entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.costBytes();
        }
    }

    void removeAllIn(int db) {
        removeIf(entry -> entry.key().db() == db);
    }

    void removeAll() {
        entries.clear();
        bytes = 0;
        nextExpiryMillis = Long.MAX_VALUE;
    }

    /** This state was sent and its reply never came: it may be what Redis holds. */
    void markInDoubt(JournalEntry entry, Seen sent) {
        if (find(entry.key()) != entry) {
            return;
        }
        change(entry, () -> entry.addInDoubt(sent));
    }

    /** This state, which the entry no longer has, has reached Redis. */
    void confirmEarlier(JournalEntry entry, Seen sent) {
        if (find(entry.key()) != entry) {
            return;
        }
        change(entry, () -> entry.confirm(sent));
    }

    /**
     * Gives back what entries whose time has passed keep alive. Those that an upstream must hear about stay, without
     * their values. Costs nothing unless a time has passed since the last call.
     */
    void sweepExpired(long nowMillis) {
        if (nowMillis <= nextExpiryMillis) {
            return;
        }
        nextExpiryMillis = Long.MAX_VALUE;
        removeIf(entry -> {
            if (!Expiry.hasPassed(entry.expiryMillis(), nowMillis)) {
                noteExpiryOf(entry);
                return false;
            }
            if (entry.isBeforeUpstream()) {
                return true;
            }
            change(entry, entry::dropExpiredValue);
            return false;
        });
    }

    private void noteExpiryOf(JournalEntry entry) {
        if (Expiry.isTime(entry.expiryMillis())) {
            nextExpiryMillis = Math.min(nextExpiryMillis, entry.expiryMillis());
        }
    }

    private void change(JournalEntry entry, Runnable change) {
        bytes -= entry.costBytes();
        change.run();
        bytes += entry.costBytes();
    }

    private void removeIf(Predicate<JournalEntry> condition) {
        Iterator<JournalEntry> iterator = entries.values().iterator();
        while (iterator.hasNext()) {
            JournalEntry entry = iterator.next();
            if (condition.test(entry)) {
                iterator.remove();
                bytes -= entry.costBytes();
            }
        }
    }
}
