package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last acknowledged state of one key, and what must hold upstream for it to be replayed. Confined to the lane's event loop. */
final class JournalEntry implements Held {
    /**
     * Measured by FallbackCost in the tests: 200,000 entries with 16-byte keys and 48-byte values take 244 bytes each (64-bit
     * JVM, compressed references), 180 of them neither key nor value, 16 in a table that is a quarter empty; 8 more in one
     * that has just grown.
     */
    static final int OVERHEAD_BYTES = 192;

    /** {@link #place} of one that is in no table. */
    static final int NOWHERE = -1;

    private final StoreKey key;
    /** Its table's. */
    final int keyHash;
    /** Its table's. */
    @Nullable
    JournalEntry nextInBucket;
    /** Its table's. */
    int place = NOWHERE;

    private Seen seen;
    private byte @Nullable [] value;
    /** Nobody else has the value's array, so that the next one of that length may be put there. */
    private boolean ownsValue;

    private @Nullable Compound compound;
    /** Null: no field was changed. Most entries are no hashes, and every object of theirs is one more miss of the processor's caches. */
    private @Nullable HashChanges hashChanges;

    private ListPushes listPushes = ListPushes.NONE;
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
        this.keyHash = key.hashCode();
        this.seen = seen;
    }

    /** As it is now; what it holds is shared, and not to be changed in place. */
    JournalEntry copy() {
        JournalEntry copy = new JournalEntry(key, seen);
        copy.value = value;
        copy.compound = compound;
        copy.hashChanges = hashChanges == null ? null : hashChanges.copy();
        copy.listPushes = listPushes;
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
    public @Nullable Compound compound() {
        return compound;
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

    /** Of a list. */
    ListPushes listPushes() {
        return listPushes;
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

    /** Its time has passed as Redis itself has it, so that there it goes by itself. */
    boolean hasEndedBy(long nowMillis) {
        return Expiry.hasPassed(expiryMillis, nowMillis)
                && !expiryChanged
                && !beforeUpstream
                && !hashChanges().replacesAll()
                && !listPushes.replacesAll();
    }

    /** When the last change was accepted. */
    long acceptedAtMillis() {
        return acceptedAtMillis;
    }

    /** Grows with every change, so that a confirmation can be told from one of an earlier state. */
    long acceptance() {
        return acceptance;
    }

    void accept(EntryState state, long acceptance, long nowMillis) {
        if (hasEndedBy(nowMillis)) {
            beginAnew(state.compound() != null);
        }
        mayReplaceSeen |= state.lock() && state.value() == null && holdsWhatWasSeen();
        noteCompound(state, nowMillis);
        increment = incrementWith(state, nowMillis);
        expiryChanged |= state.increment() == null && (state.compound() == null || !state.writesValue());
        keepValue(state);
        compound = state.compound();
        expiryMillis = state.expiryMillis();
        valueWritten |= state.writesValue();
        deleted = state.value() == null && state.compound() == null;
        beforeUpstream = state.beforeUpstream();
        lock = state.lock();
        incrementSent = false;
        this.acceptance = acceptance;
        acceptedAtMillis = nowMillis;
    }

    /** Where the value is as long as the one before it is put into its array: a reference to a new one is a place in an old object that G1 has to look at (docs/benchmarks.md). */
    private void keepValue(EntryState state) {
        byte[] now = state.value();
        if (ownsValue && state.overwrites() && now != null && value != null && value.length == now.length) {
            System.arraycopy(now, 0, value, 0, now.length);
        } else {
            value = now;
            ownsValue = state.overwrites() && place != NOWHERE; // what a draft has it shares with what becomes of it
        }
    }

    /** The value as it is now may be kept by others: it is not to be written to any more. */
    void lendValue() {
        ownsValue = false;
    }

    /** Time has taken away, at Redis too, what was changed here: what comes now is the first change of a key that is not there. */
    private void beginAnew(boolean isCompound) {
        seen = isCompound ? Seen.ABSENT : seen;
        value = null;
        compound = null;
        hashChanges = null;
        listPushes = ListPushes.NONE;
        increment = null;
        valueWritten = false;
        expiryMillis = Expiry.NONE;
        acceptance = 0;
    }

    /** Whatever a client does first, it does to what was seen upstream. */
    private boolean holdsWhatWasSeen() {
        return acceptance == 0 ? seen instanceof Seen.Value : seen.holds(value);
    }

    private void noteCompound(EntryState state, long nowMillis) {
        Compound now = state.compound();
        if (acceptance == 0 && now != null && seen.hasPassedAt(nowMillis)) {
            seen = Seen.ABSENT; // what time has taken away
        }
        boolean hadAnother = acceptance > 0 && (compound == null || Expiry.hasPassed(expiryMillis, nowMillis));
        noteHash(now instanceof HashValue, hadAnother, state.changedFields());
        if (!(now instanceof ListValue list)) {
            dropPushes();
        } else if (state.beforeUpstream()) {
            listPushes = ListPushes.at(ListValue.End.RIGHT, list.size());
        } else {
            listPushes = hadAnother ? ListPushes.REPLACE_ALL : listPushes.plus(state.pushes());
        }
    }

    /** Most entries have none: not even that reference is written again. */
    private void dropPushes() {
        if (!listPushes.equals(ListPushes.NONE)) {
            listPushes = ListPushes.NONE;
        }
    }

    private void noteHash(boolean isHash, boolean hadAnother, List<FieldChange> changed) {
        if (!isHash) {
            hashChanges = null;
            return;
        }
        if (hadAnother) {
            ownHashChanges().replaceAll();
        }
        if (!ownHashChanges().replacesAll()) {
            changed.forEach(change -> ownHashChanges().note(change, seen));
        }
    }

    /** These values are at Redis, or may be: they count as our own. What was added is there, or is given up. */
    void fieldsSent(HashPlan plan) {
        incrementSent = false;
        for (HashPlan.Field field : plan.fields()) {
            Long increment = field.increment();
            if (increment == null) {
                ownHashChanges().expect(field.name(), field.value());
            } else {
                ownHashChanges().settle(field.name(), increment, field.value());
            }
        }
    }

    /** What was pushed is there, or is given up. */
    void pushesSent(ListPlan plan) {
        incrementSent = false;
        listPushes = listPushes.minus(plan.sent());
    }

    /** What was on its way when the proxy ended. False if nothing is left for Redis to hear. */
    boolean dropSentIncrements() {
        incrementSent = false;
        HashChanges changes = ownHashChanges();
        if (compound instanceof HashValue hash) {
            changes.dropIncrements(hash);
        }
        return compound instanceof HashValue && (expiryChanged || !changes.isEmpty());
    }

    /** Whether what this field holds is known to come from here: nobody else has given out its number. */
    boolean isOwn(StoreKey field) {
        boolean allIsOwn = deleted
                || beforeUpstream
                || seen == Seen.ABSENT
                || hashChanges().replacesAll();
        return allIsOwn || hashChanges().knows(field);
    }

    /** From disk: as it was when it was written there. */
    void restore(EntryState state, EntryState.Past past) {
        accept(state, 1, past.acceptedAtMillis());
        increment = state.increment();
        mayReplaceSeen = past.mayReplaceSeen();
        expiryChanged = past.expiryChanged();
        incrementSent = past.incrementSent();
        listPushes = state.pushes();
        inDoubt = past.inDoubt();
    }

    /** Differences add up until a state is written; an expiry changes neither. */
    private @Nullable Long incrementWith(EntryState state, long nowMillis) {
        Long added = state.increment();
        Long before = increment;
        if (!state.writesValue() && (state.value() != null || state.compound() != null)) {
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
        compound = null;
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
        return (value == null ? 0 : value.length) + (compound == null ? 0 : compound.costBytes());
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
}
