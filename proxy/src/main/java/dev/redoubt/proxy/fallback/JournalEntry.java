package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last acknowledged state of one key, and what must hold upstream for it to be replayed. Confined to the lane's event loop. */
final class JournalEntry implements Held {
    /**
     * Measured by FallbackCost in the tests: 200,000 entries with 16-byte keys and 48-byte values take 229 bytes each (64-bit
     * JVM, compressed references), 165 of them neither key nor value; rounded up for the state seen upstream and a table
     * that has just grown.
     */
    static final int OVERHEAD_BYTES = 192;

    private final StoreKey key;
    private Seen seen;
    private byte @Nullable [] value;
    private @Nullable HashValue hash;
    /** Null: no field was changed. Most entries are no hashes, and every object of theirs is one more miss of the processor's caches. */
    private @Nullable HashChanges hashChanges;
    /** What the journal counts for it. */
    private long countedBytes;

    private long expiryMillis = Expiry.NONE;
    private boolean valueWritten;
    private boolean deleted;
    private boolean beforeUpstream;
    private boolean lock;
    private boolean mayReplaceSeen;
    private boolean expiryChanged;
    /** Null: what was written is a state, not a difference. */
    private @Nullable Long increment;

    private boolean incrementSent;
    private long acceptance;
    private long acceptedAtMillis;
    /** States that were sent and not confirmed: any of them may be what Redis holds. */
    private List<Seen> inDoubt = List.of();

    JournalEntry(StoreKey key, Seen seen) {
        this.key = key;
        this.seen = seen;
    }

    /** As it is now; what it holds is shared, and not to be changed in place. */
    JournalEntry copy() {
        JournalEntry copy = new JournalEntry(key, seen);
        copy.value = value;
        copy.hash = hash;
        copy.hashChanges = hashChanges == null ? null : hashChanges.copy();
        copy.countedBytes = countedBytes;
        copy.expiryMillis = expiryMillis;
        copy.valueWritten = valueWritten;
        copy.deleted = deleted;
        copy.beforeUpstream = beforeUpstream;
        copy.lock = lock;
        copy.mayReplaceSeen = mayReplaceSeen;
        copy.expiryChanged = expiryChanged;
        copy.increment = increment;
        copy.incrementSent = incrementSent;
        copy.acceptance = acceptance;
        copy.acceptedAtMillis = acceptedAtMillis;
        copy.inDoubt = inDoubt;
        return copy;
    }

    StoreKey key() {
        return key;
    }

    Seen seen() {
        return seen;
    }

    List<Seen> inDoubt() {
        return inDoubt;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public @Nullable HashValue hash() {
        return hash;
    }

    @Override
    public boolean isOwn() {
        return true;
    }

    /** To be read only. */
    HashChanges hashChanges() {
        return hashChanges == null ? new HashChanges() : hashChanges;
    }

    /** To be changed. */
    HashChanges ownHashChanges() {
        hashChanges = hashChanges();
        return hashChanges;
    }

    @Override
    public long expiryMillis() {
        return expiryMillis;
    }

    /** False: only the expiry was changed; the value is what was seen upstream. */
    boolean isValueWritten() {
        return valueWritten;
    }

    /** A client deleted it, as opposed to: its time passed. */
    boolean isDeleted() {
        return deleted;
    }

    /** Written before any upstream was seen: goes only to a key that the upstream does not have. */
    boolean isBeforeUpstream() {
        return beforeUpstream;
    }

    /** A lock that memory granted, or its release: goes to Redis only where nobody else holds it. */
    boolean isLock() {
        return lock;
    }

    /** The lock that was last seen upstream has been released here. */
    boolean mayReplaceSeen() {
        return mayReplaceSeen;
    }

    /** What was added, where that is all that was done to the value; else null. */
    @Nullable
    Long increment() {
        return increment;
    }

    /** Redis may have added it already. */
    boolean isIncrementSent() {
        return incrementSent;
    }

    /** What was added is on its way: if nobody hears what became of it, it is not to be sent again. */
    void markIncrementSent() {
        incrementSent = true;
    }

    /** Whether a client has set or removed the expiry, rather than left it as it was. */
    boolean isExpiryChanged() {
        return expiryChanged;
    }

    /** When the last change was accepted. */
    long acceptedAtMillis() {
        return acceptedAtMillis;
    }

    /** Grows with every change, so that a confirmation can be told from one of an earlier state. */
    long acceptance() {
        return acceptance;
    }

    void accept(State state, long acceptance, long nowMillis) {
        mayReplaceSeen |= state.lock() && state.value() == null && holdsWhatWasSeen();
        noteHash(state, nowMillis);
        increment = incrementWith(state, nowMillis);
        expiryChanged |= state.increment() == null && (state.hash() == null || !state.writesValue());
        value = state.value();
        hash = state.hash();
        expiryMillis = state.expiryMillis();
        valueWritten |= state.writesValue();
        deleted = state.value() == null && state.hash() == null;
        beforeUpstream = state.beforeUpstream();
        lock = state.lock();
        incrementSent = false;
        this.acceptance = acceptance;
        acceptedAtMillis = nowMillis;
    }

    /** Whatever a client does first, it does to what was seen upstream. */
    private boolean holdsWhatWasSeen() {
        return acceptance == 0 ? seen instanceof Seen.Value : seen.holds(value);
    }

    private void noteHash(State state, long nowMillis) {
        if (state.hash() == null) {
            hashChanges = null;
            return;
        }
        boolean hadAnother = acceptance > 0 && (hash == null || Expiry.hasPassed(expiryMillis, nowMillis));
        if (hadAnother) {
            ownHashChanges().replaceAll();
        }
        if (!ownHashChanges().replacesAll()) {
            state.changedFields().forEach(change -> ownHashChanges().note(change, seenAt(nowMillis)));
        }
    }

    /** What time has taken away counts as absent. */
    private Seen seenAt(long nowMillis) {
        return seen.hasPassedAt(nowMillis) ? Seen.ABSENT : seen;
    }

    /** These values are at Redis, or may be: they count as our own. What was added is there, or is given up. */
    void fieldsSent(HashPlan plan) {
        incrementSent = false;
        for (HashPlan.Field field : plan.fields()) {
            Long increment = field.increment();
            if (increment == null) {
                ownHashChanges().expect(field.name(), field.value());
            } else {
                ownHashChanges().settle(field.name(), increment);
            }
        }
    }

    /** What was on its way when the proxy ended. False if nothing is left for Redis to hear. */
    boolean dropSentIncrements() {
        incrementSent = false;
        HashChanges changes = ownHashChanges();
        changes.dropIncrements();
        return hash != null && (expiryChanged || !changes.isEmpty());
    }

    /** Whether what this field holds is known to come from here: nobody else has given out its number. */
    boolean isOwn(StoreKey field) {
        boolean allIsOwn = deleted
                || beforeUpstream
                || seen == Seen.ABSENT
                || hashChanges().replacesAll();
        return allIsOwn || hashChanges().fields().containsKey(field);
    }

    /** From disk: as it was when it was written there. */
    void restore(State state, Past past) {
        accept(state, 1, past.acceptedAtMillis());
        increment = state.increment();
        mayReplaceSeen = past.mayReplaceSeen();
        expiryChanged = past.expiryChanged();
        incrementSent = past.incrementSent();
        inDoubt = past.inDoubt();
    }

    /** Differences add up until a state is written; an expiry changes neither. */
    private @Nullable Long incrementWith(State state, long nowMillis) {
        Long added = state.increment();
        Long before = increment;
        if (!state.writesValue() && (state.value() != null || state.hash() != null)) {
            return before;
        }
        boolean wasGone = deleted || Expiry.hasPassed(expiryMillis, nowMillis);
        if (added == null || valueWritten && before == null || wasGone) {
            return null;
        }
        return before == null ? added : Long.valueOf(before + added);
    }

    /** Its time passed: what is left to say upstream needs no value. */
    void dropExpiredValue() {
        value = null;
        hash = null;
    }

    void addInDoubt(Seen sent) {
        if (!inDoubt.contains(sent)) {
            inDoubt = new ArrayList<>(inDoubt);
            inDoubt.add(sent);
        }
    }

    /** An earlier state of this entry has reached Redis. */
    void confirm(Seen sent) {
        seen = sent;
        inDoubt = List.of();
    }

    /** An array that two states share counts twice: simple, and never too little. */
    long costBytes() {
        long bytes = OVERHEAD_BYTES + key.bytes().length + contentBytes();
        bytes += hashChanges == null ? 0 : hashChanges.costBytes();
        bytes += seen.valueBytes();
        for (Seen sent : inDoubt) {
            bytes += OVERHEAD_BYTES + sent.valueBytes();
        }
        return bytes;
    }

    private long contentBytes() {
        return (value == null ? 0 : value.length) + (hash == null ? 0 : hash.costBytes());
    }

    static long costBytes(StoreKey key, long contentBytes) {
        return OVERHEAD_BYTES + key.bytes().length + contentBytes;
    }

    /** The content may have changed in place since: what was counted is what must be taken back. */
    long countedBytes() {
        return countedBytes;
    }

    long count() {
        countedBytes = costBytes();
        return countedBytes;
    }

    /**
     * What a write makes of a key.
     *
     * @param value null: the key is deleted
     * @param writesValue false: only the expiry changes
     * @param lock see {@link #isLock}
     * @param increment what was added to get there; null if it is no counter's difference
     * @param hash instead of the value
     * @param changedFields of the hash, by this write
     */
    record State(
            byte @Nullable [] value,
            long expiryMillis,
            boolean writesValue,
            boolean beforeUpstream,
            boolean lock,
            @Nullable Long increment,
            @Nullable HashValue hash,
            List<FieldChange> changedFields) {
        State(
                byte @Nullable [] value,
                long expiryMillis,
                boolean writesValue,
                boolean beforeUpstream,
                boolean lock,
                @Nullable Long increment) {
            this(value, expiryMillis, writesValue, beforeUpstream, lock, increment, null, List.of());
        }
    }

    /** What {@link #restore} cannot see from the state. */
    record Past(
            boolean mayReplaceSeen,
            boolean expiryChanged,
            boolean incrementSent,
            long acceptedAtMillis,
            List<Seen> inDoubt) {}
}
