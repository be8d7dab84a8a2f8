package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of one transaction would make of the journal: seen by those that come later in it, and by nobody else until
 * {@link #commit}. Dropped, it has never been. The journal must not change meanwhile. Confined to the lane's event loop.
 */
final class JournalDraft implements AcceptedWrites {
    private final Journal journal;
    private final Map<StoreKey, JournalEntry> entries = new LinkedHashMap<>();
    private final Map<StoreKey, JournalEntry> locals = new HashMap<>();
    /** Of the journal: what is not there any more. */
    private final Set<StoreKey> removed = new HashSet<>();

    private final Set<Integer> emptied = new HashSet<>();
    private boolean allEmptied;
    /** What {@link #commit} does, in order. */
    private final List<Runnable> steps = new ArrayList<>();

    private long moreBytes;
    private int moreEntries;

    JournalDraft(Journal journal) {
        this.journal = journal;
    }

    /** Everything at once. Not to be used afterwards. */
    void commit() {
        steps.forEach(Runnable::run);
    }

    @Override
    public @Nullable JournalEntry find(StoreKey key) {
        JournalEntry entry = forUpstream(key);
        return entry != null ? entry : local(key);
    }

    private @Nullable JournalEntry forUpstream(StoreKey key) {
        JournalEntry drafted = entries.get(key);
        return drafted != null || isGone(key) ? drafted : journal.forUpstream(key);
    }

    private @Nullable JournalEntry local(StoreKey key) {
        JournalEntry drafted = locals.get(key);
        return drafted != null || allEmptied ? drafted : journal.local(key);
    }

    private boolean isGone(StoreKey key) {
        return allEmptied || removed.contains(key) || emptied.contains(key.db());
    }

    @Override
    public boolean owns(JournalEntry entry) {
        return entries.get(entry.key()) == entry || locals.get(entry.key()) == entry;
    }

    @Override
    public boolean isForUpstream(JournalEntry entry) {
        return forUpstream(entry.key()) == entry;
    }

    @Override
    public void accept(StoreKey key, @Nullable JournalEntry found, Seen seenIfNew, EntryState state, long nowMillis) {
        accept(entries, forUpstream(key), new JournalEntry(key, seenIfNew), state, nowMillis);
        steps.add(() -> journal.accept(key, journal.find(key), seenIfNew, state, nowMillis));
    }

    @Override
    public void acceptLocal(StoreKey key, EntryState state, long nowMillis) {
        accept(locals, local(key), new JournalEntry(key, Seen.UNKNOWN), state, nowMillis);
        steps.add(() -> journal.acceptLocal(key, state, nowMillis));
    }

    private void accept(
            Map<StoreKey, JournalEntry> into,
            @Nullable JournalEntry before,
            JournalEntry ifNew,
            EntryState state,
            long nowMillis) {
        JournalEntry entry = before == null ? ifNew : owns(before) ? before : before.copy();
        forget(before);
        entry.accept(state, entry.acceptance() + 1, nowMillis);
        into.put(entry.key(), entry);
        moreBytes += entry.count();
        moreEntries++;
    }

    private void forget(@Nullable JournalEntry entry) {
        if (entry != null) {
            moreBytes -= entry.countedBytes();
            moreEntries--;
        }
    }

    @Override
    public void remove(StoreKey key) {
        forget(forUpstream(key));
        entries.remove(key);
        removed.add(key);
        steps.add(() -> journal.remove(key));
    }

    @Override
    public void removeAllIn(int db) {
        forEachIn(db, this::forget);
        entries.keySet().removeIf(key -> key.db() == db);
        emptied.add(db);
        steps.add(() -> journal.removeAllIn(db));
    }

    @Override
    public void removeAll() {
        entries.clear();
        locals.clear();
        allEmptied = true;
        moreBytes = -journal.bytes();
        moreEntries = -journal.size();
        steps.add(journal::removeAll);
    }

    @Override
    public void forEachIn(int db, Consumer<JournalEntry> visitor) {
        journal.forEachIn(db, entry -> {
            if (!isGone(entry.key()) && !entries.containsKey(entry.key())) {
                visitor.accept(entry);
            }
        });
        entries.values().stream().filter(entry -> entry.key().db() == db).forEach(visitor);
    }

    @Override
    public boolean hasRoomFor(long addedBytes, int addedEntries) {
        return journal.hasRoomFor(moreBytes + addedBytes, moreEntries + addedEntries);
    }

    /** Not under a draft, which has counted what is there. */
    @Override
    public void sweepExpired(long nowMillis) {}

    @Override
    public @Nullable JournalEntry oldest() {
        return journal.oldest();
    }

    @Override
    public int size() {
        return journal.size() + moreEntries;
    }

    @Override
    public long bytes() {
        return journal.bytes() + moreBytes;
    }

    @Override
    public long maxBytes() {
        return journal.maxBytes();
    }
}
