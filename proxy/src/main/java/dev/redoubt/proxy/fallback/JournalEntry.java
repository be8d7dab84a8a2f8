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
    private long expiryMillis = Expiry.NONE;
    private boolean valueWritten;
    private boolean deleted;
    private boolean beforeUpstream;
    private long acceptance;
    /** States that were sent and not confirmed: any of them may be what Redis holds. */
    private List<Seen> inDoubt = List.of();

    JournalEntry(StoreKey key, Seen seen) {
        this.key = key;
        this.seen = seen;
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

    /** Grows with every change, so that a confirmation can be told from one of an earlier state. */
    long acceptance() {
        return acceptance;
    }

    void accept(State state, long acceptance) {
        value = state.value();
        expiryMillis = state.expiryMillis();
        valueWritten |= state.writesValue();
        deleted = state.value() == null;
        beforeUpstream = state.beforeUpstream();
        this.acceptance = acceptance;
    }

    /** Its time passed: what is left to say upstream needs no value. */
    void dropExpiredValue() {
        value = null;
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
        long bytes = costBytes(key, value);
        bytes += seen.valueBytes();
        for (Seen sent : inDoubt) {
            bytes += OVERHEAD_BYTES + sent.valueBytes();
        }
        return bytes;
    }

    static long costBytes(StoreKey key, byte @Nullable [] value) {
        return (long) OVERHEAD_BYTES + key.bytes().length + (value == null ? 0 : value.length);
    }

    /**
     * What a write makes of a key.
     *
     * @param value null: the key is deleted
     * @param writesValue false: only the expiry changes
     */
    record State(byte @Nullable [] value, long expiryMillis, boolean writesValue, boolean beforeUpstream) {}
}
