package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the store: the journal first, then what is known, as of one moment; and what the rules let it do. Writes
 * go to the journal. Confined to the lane's event loop.
 */
final class Keyspace {
    private AcceptedWrites journal;
    private final KnownValues known;
    private final Policies policies;
    private final JournalRoom room;
    private final FallbackCounters counters;
    /** Keys whose known value was overtaken by a command in doubt, until the flight reader comes past it. */
    private final Set<StoreKey> distrusted = new HashSet<>();

    private Mode mode = Mode.MEMORY_ONLY;
    private long nowMillis;
    private boolean hasWritten;

    Keyspace(Journal journal, KnownValues known, FallbackSettings settings, FallbackCounters counters) {
        this.journal = journal;
        this.known = known;
        this.policies = new Policies(settings);
        this.room = new JournalRoom(settings.journalMaxAge(), counters);
        this.counters = counters;
    }

    void begin(Mode mode, long nowMillis) {
        this.mode = mode;
        this.nowMillis = nowMillis;
        hasWritten = false;
    }

    Mode mode() {
        return mode;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Whether the command that has just run has changed anything. */
    boolean hasWritten() {
        return hasWritten;
    }

    FallbackCounters counters() {
        return counters;
    }

    AcceptedWrites journal() {
        return journal;
    }

    /** Where commands read and write from now on. */
    void use(AcceptedWrites writes) {
        journal = writes;
    }

    void distrust(StoreKey key) {
        distrusted.add(key);
    }

    void trustAgain() {
        distrusted.clear();
    }

    // ---- looking

    /** For a read: a miss is what the rule says. */
    Held read(StoreKey key) {
        FallbackRule rule = ruleOf(key);
        if (rule != null) {
            Rulings.checkRead(rule);
        }
        Held held = look(key, rule);
        if (held != Held.NEVER_SEEN || rule == null) {
            counters.hit();
            return held;
        }
        counters.miss();
        Rulings.miss(rule.onMiss());
        return Held.ABSENT;
    }

    /** For a write whose effect or reply depends on what is there: a miss waits for Redis. */
    Held readForWrite(StoreKey key) {
        requireAllowed(key);
        Held held = look(key, ruleOf(key));
        if (held == Held.NEVER_SEEN) {
            throw Verdict.HOLD;
        }
        return held;
    }

    /** Whether the key exists, for the reply of a delete; a miss counts as a read's would, but an error would be no help. */
    Held readForDelete(StoreKey key) {
        requireAllowed(key);
        FallbackRule rule = ruleOf(key);
        Held held = look(key, rule);
        if (held == Held.NEVER_SEEN && rule != null && rule.onMiss() != OnMiss.NIL) {
            throw Verdict.HOLD;
        }
        return held;
    }

    /** For a write to fields of a hash that does not care what is there. */
    Held readForHash(StoreKey key) {
        requireAllowed(key);
        return look(key, ruleOf(key));
    }

    /** A part of the key was asked for that nobody has seen. Returns if that counts as its not being there. */
    void missOf(StoreKey key) {
        counters.miss();
        Rulings.miss(onMissOf(key));
    }

    OnMiss onMissOf(StoreKey key) {
        FallbackRule rule = ruleOf(key);
        return rule == null ? OnMiss.NIL : rule.onMiss();
    }

    /** For a lock: where nothing is known nobody holds it, as far as this proxy's clients can tell. */
    Held readForLock(StoreKey key) {
        Held held = look(key, ruleOf(key));
        return held == Held.NEVER_SEEN ? Held.ABSENT : held;
    }

    /** For giving a lock back or keeping it longer: whose it is must be known. */
    Held readForRelease(StoreKey key) {
        Held held = look(key, ruleOf(key));
        if (held == Held.NEVER_SEEN) {
            throw Verdict.HOLD;
        }
        return held;
    }

    /** For a command that makes the new value from the old one: held unless a rule says otherwise, or the value is our own. */
    Held readForCounter(StoreKey key) {
        return readForCounter(key, null);
    }

    /** @param field of a hash; null: the key's own value */
    Held readForCounter(StoreKey key, @Nullable StoreKey field) {
        FallbackRule rule = ruleOf(key);
        if (rule == null) {
            return look(key, null);
        }
        if (rule.counters() == WritePolicy.HOLD && !isOwnState(key, field)) {
            throw Verdict.HOLD;
        }
        Rulings.checkWrite(rule.counters() == WritePolicy.HOLD ? rule.write() : rule.counters());
        Held held = look(key, rule);
        if (held == Held.NEVER_SEEN && rule.onMiss() != OnMiss.NIL) {
            throw Verdict.HOLD;
        }
        return held == Held.NEVER_SEEN ? Held.ABSENT : held;
    }

    private boolean isOwnState(StoreKey key, @Nullable StoreKey field) {
        JournalEntry entry = journal.find(key);
        return entry != null
                && !entry.hasEndedBy(nowMillis)
                && (entry.isValueWritten() || entry.isDeleted())
                && (field == null || entry.isOwn(field));
    }

    private Held look(StoreKey key, @Nullable FallbackRule rule) {
        JournalEntry entry = journal.find(key);
        if (entry != null) {
            return lookAt(entry);
        }
        if (rule == null) {
            return Held.ABSENT;
        }
        KnownValue value = rule.read() == ReadPolicy.MISS ? null : trusted(key);
        long age = value == null ? 0 : nowMillis - value.seenAtMillis();
        if (value == null || age > rule.maxStale().toMillis()) {
            return Held.NEVER_SEEN;
        }
        counters.age(age);
        return value.isAliveAt(nowMillis) ? value : Held.ABSENT;
    }

    private Held lookAt(JournalEntry entry) {
        if (!entry.exists()) {
            return Held.ABSENT;
        }
        if (!Expiry.hasPassed(entry.expiryMillis(), nowMillis)) {
            return journal.owns(entry) ? entry : new Lent(entry);
        }
        if (mode == Mode.MEMORY_ONLY) {
            journal.remove(entry.key());
        }
        return Held.ABSENT;
    }

    private @Nullable KnownValue trusted(StoreKey key) {
        return distrusted.contains(key) ? null : known.peek(key);
    }

    // ---- what the rules allow

    /** Null: no upstream was ever seen, and everything that the store can do is done. */
    private @Nullable FallbackRule ruleOf(StoreKey key) {
        return mode == Mode.MEMORY_ONLY ? null : policies.of(key.bytes());
    }

    /** For a write that does not care what is there. */
    void requireAllowed(StoreKey key) {
        FallbackRule rule = ruleOf(key);
        if (rule != null) {
            Rulings.checkWrite(rule.write());
        }
    }

    LockPolicy lockPolicy(StoreKey key) {
        FallbackRule rule = ruleOf(key);
        return rule == null ? LockPolicy.LOCAL : rule.locks();
    }

    private boolean isLocal(StoreKey key, @Nullable JournalEntry found, boolean isCounter) {
        FallbackRule rule = ruleOf(key);
        WritePolicy policy = rule == null
                ? WritePolicy.JOURNAL
                : isCounter && rule.counters() != WritePolicy.HOLD ? rule.counters() : rule.write();
        return policy == WritePolicy.LOCAL && (found == null || !journal.isForUpstream(found));
    }

    // ---- writing

    /** Throws a refusal unless all of these can be accepted together. */
    void requireRoom(List<PlannedWrite> writes) {
        room.require(journal, writes, mode, nowMillis, this::seen);
    }

    /** Nothing is accepted any more. */
    void closeJournal() {
        room.close();
    }

    /** For a value that is worth asking about before it is made. */
    void requireRoomFor(StoreKey key, int valueBytes) {
        requireRoom(List.of(new PlannedWrite(key, 0)));
        room.requireBytes(journal, valueBytes);
    }

    void write(StoreKey key, byte[] value, long expiryMillis) {
        JournalEntry found = requireRoomFor(key, value);
        accept(key, found, new EntryState(value, expiryMillis, true, isBeforeUpstream(), false, null), false);
    }

    /** The same where the command neither looked at what was there nor keeps the value's array. */
    void overwrite(StoreKey key, byte[] value, long expiryMillis) {
        overwrite(key, requireRoomFor(key, value), value, expiryMillis);
    }

    private void overwrite(StoreKey key, @Nullable JournalEntry found, byte[] value, long expiryMillis) {
        accept(key, found, EntryState.overwriting(value, expiryMillis, isBeforeUpstream()), false);
    }

    /** What it gives is what {@link AcceptedWrites#find} would: a plain SET, of which there are most, looks its key up once. */
    private @Nullable JournalEntry requireRoomFor(StoreKey key, byte[] value) {
        return room.require(journal, key, value.length, mode, nowMillis, this::seen);
    }

    /** As {@link #overwrite}, after {@link #requireRoom}. */
    void overwriteWithRoom(StoreKey key, byte[] value) {
        overwrite(key, journal.find(key), value, Expiry.NONE);
    }

    /** What {@link #readForCounter} allows. @param increment null if it is not a number that was added */
    void writeCounter(StoreKey key, byte[] value, long expiryMillis, @Nullable Long increment) {
        JournalEntry found = requireRoomFor(key, value);
        accept(key, found, new EntryState(value, expiryMillis, true, isBeforeUpstream(), false, increment), true);
    }

    /** A lock that is granted or extended. */
    void writeLock(StoreKey key, byte[] value, long expiryMillis) {
        JournalEntry found = requireRoomFor(key, value);
        acceptForUpstream(key, found, new EntryState(value, expiryMillis, true, isBeforeUpstream(), true, null));
    }

    /**
     * @param hash what it holds now; the journal's own from now on
     * @param isCounter whether {@link #readForCounter} allowed it
     */
    void writeHash(StoreKey key, HashValue hash, List<FieldChange> changed, long expiryMillis, boolean isCounter) {
        if (hash.isEmpty()) {
            deleteWithRoom(key);
        } else {
            accept(
                    key,
                    EntryState.of(hash, expiryMillis, true, isBeforeUpstream(), changed, ListPushes.NONE),
                    isCounter);
        }
    }

    /** What {@link #readForCounter} allows, and a pop. @param list what it holds now; the journal's own from now on */
    void writeList(StoreKey key, ListValue list, ListPushes pushes, long expiryMillis) {
        if (list.isEmpty()) {
            deleteWithRoom(key);
        } else {
            accept(key, EntryState.of(list, expiryMillis, true, isBeforeUpstream(), List.of(), pushes), true);
        }
    }

    /** @param held what the key holds now */
    void changeExpiry(StoreKey key, Held held, long expiryMillis) {
        byte[] value = held.value();
        Compound known = held.compound();
        if (known == null) {
            requireRoom(List.of(new PlannedWrite(key, value)));
            accept(key, new EntryState(value, expiryMillis, false, isBeforeUpstream(), isLock(key), null), false);
            return;
        }
        requireRoom(List.of(new PlannedWrite(key, known.costBytes())));
        Compound own = held.isOwn() ? known : known.copy();
        accept(key, EntryState.of(own, expiryMillis, false, isBeforeUpstream(), List.of(), ListPushes.NONE), false);
    }

    private boolean isLock(StoreKey key) {
        JournalEntry entry = journal.find(key);
        return entry != null && entry.isLock();
    }

    void delete(StoreKey key) {
        if (mode == Mode.OUTAGE) {
            requireRoom(List.of(new PlannedWrite(key, 0)));
        }
        deleteWithRoom(key);
    }

    /** After {@link #requireRoom}. A lock that was granted here is released: at Redis it may be somebody else's by now. */
    void deleteWithRoom(StoreKey key) {
        delete(key, isLock(key));
    }

    /** The holder gives it back. */
    void releaseLock(StoreKey key) {
        if (mode == Mode.OUTAGE) {
            requireRoom(List.of(new PlannedWrite(key, 0)));
        }
        delete(key, true);
    }

    /** Where no upstream was ever seen there is nobody to be told about it. */
    private void delete(StoreKey key, boolean isLock) {
        if (mode == Mode.MEMORY_ONLY) {
            journal.remove(key);
            hasWritten = true;
        } else {
            accept(key, new EntryState(null, Expiry.NONE, true, isBeforeUpstream(), isLock, null), false);
        }
    }

    private boolean isBeforeUpstream() {
        return mode == Mode.MEMORY_ONLY;
    }

    private void accept(StoreKey key, EntryState state, boolean isCounter) {
        accept(key, journal.find(key), state, isCounter);
    }

    /** @param found what the journal has for the key now */
    private void accept(StoreKey key, @Nullable JournalEntry found, EntryState state, boolean isCounter) {
        if (isLocal(key, found, isCounter)) {
            hasWritten = true;
            journal.acceptLocal(key, state, nowMillis);
        } else {
            acceptForUpstream(key, found, state);
        }
    }

    private void acceptForUpstream(StoreKey key, @Nullable JournalEntry found, EntryState state) {
        hasWritten = true;
        boolean isKnown = found != null && journal.isForUpstream(found);
        journal.accept(key, found, isKnown ? Seen.UNKNOWN : seen(key), state, nowMillis);
    }

    /** However old: what is replayed is compared with it upstream. */
    private Seen seen(StoreKey key) {
        KnownValue value = mode == Mode.MEMORY_ONLY ? null : trusted(key);
        return value == null ? Seen.UNKNOWN : value.asSeen();
    }
}
