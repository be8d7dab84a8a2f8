package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.journalfile.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged writes that Redis does not have: the last state of each key, in the order in which they were accepted. It
 * never evicts; when it is full a write is refused. While no upstream was ever seen it is the whole store. Beside it stands
 * what was written for this outage only, which Redis never hears of; the limits count both.
 *
 * <p>Confined to the lane's event loop.
 */
final class Journal implements AcceptedWrites {
    private final long maxBytes;
    private final int maxEntries;
    /** An entry that changes moves to the end. */
    private final JournalTable entries = new JournalTable();
    /** For this outage only. */
    private final Map<StoreKey, JournalEntry> locals = new HashMap<>();

    /** What has changed since {@link #takeChanges}; null: nobody wants to know. */
    private @Nullable Set<StoreKey> changed;

    private long bytes;
    private long acceptances;
    /** No entry's time passes before this. */
    private long nextExpiryMillis = Long.MAX_VALUE;

    Journal(long maxBytes, int maxEntries) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    @Override
    public int size() {
        return entries.size() + locals.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long maxBytes() {
        return maxBytes;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public @Nullable JournalEntry find(StoreKey key) {
        JournalEntry entry = entries.find(key);
        return entry != null || locals.isEmpty() ? entry : locals.get(key);
    }

    /** Of {@link #find}, what Redis is to hear of. */
    @Nullable
    JournalEntry forUpstream(StoreKey key) {
        return entries.find(key);
    }

    /** Of {@link #find}, what is for this outage only. */
    @Nullable
    JournalEntry local(StoreKey key) {
        return locals.get(key);
    }

    @Override
    public boolean owns(JournalEntry entry) {
        return true;
    }

    @Override
    public boolean isForUpstream(JournalEntry entry) {
        return entry.place != JournalEntry.NOWHERE;
    }

    @Override
    public @Nullable JournalEntry oldest() {
        return entries.oldest();
    }

    /** Oldest acceptance first. Not to be used after the next change. */
    Iterable<JournalEntry> entries() {
        return entries;
    }

    @Override
    public void forEachIn(int db, Consumer<JournalEntry> visitor) {
        for (JournalEntry entry : entries) {
            if (entry.key().db() == db) {
                visitor.accept(entry);
            }
        }
    }

    @Override
    public boolean hasRoomFor(long moreBytes, int moreEntries) {
        return bytes + moreBytes <= maxBytes && size() + moreEntries <= maxEntries;
    }

    @Override
    public void accept(StoreKey key, @Nullable JournalEntry found, Seen seenIfNew, EntryState state, long nowMillis) {
        JournalEntry entry = found;
        if (entry == null || !isForUpstream(entry)) {
            entry = new JournalEntry(key, seenIfNew);
            entries.add(entry);
        } else {
            entries.moveToEnd(entry);
        }
        accept(entry, state, nowMillis);
        note(key);
    }

    @Override
    public void acceptLocal(StoreKey key, EntryState state, long nowMillis) {
        accept(locals.computeIfAbsent(key, absent -> new JournalEntry(absent, Seen.UNKNOWN)), state, nowMillis);
    }

    private void accept(JournalEntry entry, EntryState state, long nowMillis) {
        bytes -= entry.countedBytes();
        entry.accept(state, ++acceptances, nowMillis);
        bytes += entry.count();
        if (Expiry.isTime(state.expiryMillis())) {
            nextExpiryMillis = Math.min(nextExpiryMillis, state.expiryMillis());
        }
    }

    @Override
    public void remove(StoreKey key) {
        JournalEntry entry = entries.find(key);
        if (entry != null) {
            entries.remove(entry);
            bytes -= entry.countedBytes();
            note(key);
        }
    }

    /** Keeps note of what changes from now on. */
    void trackChanges() {
        changed = new LinkedHashSet<>();
    }

    /** The disk is to hear of this key. */
    void note(StoreKey key) {
        if (changed != null) {
            changed.remove(key);
            changed.add(key);
        }
    }

    /** What has changed since the last time, as it is now, in order. */
    List<Change> takeChanges() {
        if (changed == null || changed.isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>(changed.size());
        changed.forEach(key -> changes.add(EntryCodec.encode(key, entries.find(key))));
        changed.clear();
        return changes;
    }

    /** From disk, behind what is there. */
    void restore(JournalEntry entry) {
        remove(entry.key());
        entries.add(entry);
        bytes += entry.count();
        noteExpiryOf(entry);
    }

    /** See {@link JournalEntry#markIncrementSent}. */
    void markIncrementSent(JournalEntry entry) {
        entry.markIncrementSent();
        note(entry.key());
    }

    /** The outage is over: what was for it alone is gone. */
    void forgetLocals() {
        locals.values().forEach(entry -> bytes -= entry.costBytes());
        locals.clear();
    }

    @Override
    public void removeAllIn(int db) {
        removeIf(entry -> entry.key().db() == db);
    }

    @Override
    public void removeAll() {
        entries.forEach(entry -> note(entry.key()));
        entries.clear();
        locals.clear();
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

    /** These values of a hash are at Redis, or may be. */
    void fieldsSent(JournalEntry entry, HashPlan sent) {
        if (find(entry.key()) != entry) {
            return;
        }
        change(entry, () -> entry.fieldsSent(sent));
    }

    /** The same of what was pushed to a list. */
    void pushesSent(JournalEntry entry, ListPlan sent) {
        if (find(entry.key()) == entry) {
            change(entry, () -> entry.pushesSent(sent));
        }
    }

    /** This state, which the entry no longer has, has reached Redis. */
    void confirmEarlier(JournalEntry entry, Seen sent) {
        if (find(entry.key()) != entry) {
            return;
        }
        change(entry, () -> entry.confirm(sent));
    }

    /** Whether {@link #sweepExpired} may have something to give back. */
    boolean hasExpired(long nowMillis) {
        return nowMillis > nextExpiryMillis;
    }

    /**
     * Gives back what entries whose time has passed keep alive. Those that an upstream must hear about stay, without
     * their values. Costs nothing unless a time has passed since the last call.
     */
    @Override
    public void sweepExpired(long nowMillis) {
        if (!hasExpired(nowMillis)) {
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
        bytes -= entry.countedBytes();
        change.run();
        bytes += entry.count();
        note(entry.key());
    }

    private void removeIf(Predicate<JournalEntry> condition) {
        entries.removeIf(entry -> {
            boolean removes = condition.test(entry);
            if (removes) {
                bytes -= entry.countedBytes();
                note(entry.key());
            }
            return removes;
        });
    }
}
