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

    /** A write that is meant, and how large what the key will hold is. */
    record Write(StoreKey key, long contentBytes) {
        Write(StoreKey key, byte @Nullable [] value) {
            this(key, value == null ? 0 : value.length);
        }
    }

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
        return entry != null && (entry.isValueWritten() || entry.isDeleted()) && (field == null || entry.isOwn(field));
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

    private boolean isLocal(StoreKey key, boolean isCounter) {
        FallbackRule rule = ruleOf(key);
        WritePolicy policy = rule == null
                ? WritePolicy.JOURNAL
                : isCounter && rule.counters() != WritePolicy.HOLD ? rule.counters() : rule.write();
        return policy == WritePolicy.LOCAL && !journal.isForUpstream(key);
    }

    // ---- writing

    /** Throws a refusal unless all of these can be accepted together. */
    void requireRoom(List<Write> writes) {
        room.require(journal, writes, mode, nowMillis, this::seen);
    }

    /** Nothing is accepted any more. */
    void closeJournal() {
        room.close();
    }

    /** For a value that is worth asking about before it is made. */
    void requireRoomFor(StoreKey key, int valueBytes) {
        requireRoom(List.of(new Write(key, 0)));
        room.requireBytes(journal, valueBytes);
    }

    void write(StoreKey key, byte[] value, long expiryMillis) {
        requireRoom(List.of(new Write(key, value)));
        writeWithRoom(key, value, expiryMillis);
    }

    /** After {@link #requireRoom}. */
    void writeWithRoom(StoreKey key, byte[] value, long expiryMillis) {
        accept(key, state(value, expiryMillis, true, false, null), isLocal(key, false));
    }

    /** What {@link #readForCounter} allows. @param increment null if it is not a number that was added */
    void writeCounter(StoreKey key, byte[] value, long expiryMillis, @Nullable Long increment) {
        requireRoom(List.of(new Write(key, value)));
        accept(key, state(value, expiryMillis, true, false, increment), isLocal(key, true));
    }

    /** A lock that is granted or extended. */
    void writeLock(StoreKey key, byte[] value, long expiryMillis) {
        requireRoom(List.of(new Write(key, value)));
        accept(key, state(value, expiryMillis, true, true, null), false);
    }

    /**
     * @param hash what it holds now; the journal's own from now on
     * @param isCounter whether {@link #readForCounter} allowed it
     */
    void writeHash(StoreKey key, HashValue hash, List<FieldChange> changed, long expiryMillis, boolean isCounter) {
        if (hash.isEmpty()) {
            deleteWithRoom(key);
        } else {
            accept(key, compound(hash, expiryMillis, true, changed, ListPushes.NONE), isLocal(key, isCounter));
        }
    }

    /** What {@link #readForCounter} allows, and a pop. @param list what it holds now; the journal's own from now on */
    void writeList(StoreKey key, ListValue list, ListPushes pushes, long expiryMillis) {
        if (list.isEmpty()) {
            deleteWithRoom(key);
        } else {
            accept(key, compound(list, expiryMillis, true, List.of(), pushes), isLocal(key, true));
        }
    }

    private JournalEntry.State compound(
            Compound compound, long expiryMillis, boolean writesValue, List<FieldChange> changed, ListPushes pushes) {
        boolean beforeUpstream = mode == Mode.MEMORY_ONLY;
        return new JournalEntry.State(
                null, expiryMillis, writesValue, beforeUpstream, false, null, compound, changed, pushes);
    }

    /** @param held what the key holds now */
    void changeExpiry(StoreKey key, Held held, long expiryMillis) {
        byte[] value = held.value();
        Compound known = held.compound();
        if (known == null) {
            requireRoom(List.of(new Write(key, value)));
            accept(key, state(value, expiryMillis, false, isLock(key), null), isLocal(key, false));
            return;
        }
        requireRoom(List.of(new Write(key, known.costBytes())));
        Compound own = held.isOwn() ? known : known.copy();
        accept(key, compound(own, expiryMillis, false, List.of(), ListPushes.NONE), isLocal(key, false));
    }

    private boolean isLock(StoreKey key) {
        JournalEntry entry = journal.find(key);
        return entry != null && entry.isLock();
    }

    void delete(StoreKey key) {
        if (mode == Mode.OUTAGE) {
            requireRoom(List.of(new Write(key, 0)));
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
            requireRoom(List.of(new Write(key, 0)));
        }
        delete(key, true);
    }

    /** Where no upstream was ever seen there is nobody to be told about it. */
    private void delete(StoreKey key, boolean isLock) {
        if (mode == Mode.MEMORY_ONLY) {
            journal.remove(key);
            hasWritten = true;
        } else {
            accept(key, state(null, Expiry.NONE, true, isLock, null), isLocal(key, false));
        }
    }

    private JournalEntry.State state(
            byte @Nullable [] value, long expiryMillis, boolean writesValue, boolean isLock, @Nullable Long increment) {
        boolean beforeUpstream = mode == Mode.MEMORY_ONLY;
        return new JournalEntry.State(value, expiryMillis, writesValue, beforeUpstream, isLock, increment);
    }

    private void accept(StoreKey key, JournalEntry.State state, boolean isLocal) {
        hasWritten = true;
        if (isLocal) {
            journal.acceptLocal(key, state, nowMillis);
        } else {
            Seen ifNew = journal.isForUpstream(key) ? Seen.UNKNOWN : seen(key);
            journal.accept(key, ifNew, state, nowMillis);
        }
    }

    /** However old: what is replayed is compared with it upstream. */
    private Seen seen(StoreKey key) {
        KnownValue value = mode == Mode.MEMORY_ONLY ? null : trusted(key);
        return value == null ? Seen.UNKNOWN : value.asSeen();
    }
}
