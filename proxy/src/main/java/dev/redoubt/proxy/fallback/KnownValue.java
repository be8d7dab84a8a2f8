package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/**
 * What was last seen upstream for one key. Written by the flight reader only; the lane reads it after a drain, whose hand-over
 * makes the fields visible.
 */
final class KnownValue implements Held {
    /** Stands for a value whose time has passed; never stored. */
    static final KnownValue ABSENT = new KnownValue((byte[]) null, Expiry.NONE, 0, 0);

    private final byte @Nullable [] value;
    private final @Nullable Compound compound;
    private long expiryMillis;
    private long position;
    private long seenAtMillis;

    /** @param value null: the key was seen to be absent */
    KnownValue(byte @Nullable [] value, long expiryMillis, long position, long seenAtMillis) {
        this(value, null, expiryMillis, position, seenAtMillis);
    }

    /** @param compound not to be changed any more */
    KnownValue(Compound compound, long expiryMillis, long position, long seenAtMillis) {
        this(null, compound, expiryMillis, position, seenAtMillis);
    }

    private KnownValue(
            byte @Nullable [] value, @Nullable Compound compound, long expiryMillis, long position, long seenAtMillis) {
        this.value = value;
        this.compound = compound;
        this.expiryMillis = expiryMillis;
        this.position = position;
        this.seenAtMillis = seenAtMillis;
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
    public long expiryMillis() {
        return expiryMillis;
    }

    /** Where in the recording it was learned: below a floor it is not to be trusted. */
    long position() {
        return position;
    }

    long seenAtMillis() {
        return seenAtMillis;
    }

    boolean isAliveAt(long nowMillis) {
        return exists() && !Expiry.hasPassed(expiryMillis, nowMillis);
    }

    /** The same value was seen once more. */
    void confirm(long position, long seenAtMillis) {
        this.position = position;
        this.seenAtMillis = seenAtMillis;
    }

    /** Its expiry was learned; that says nothing new about the value. */
    void refineExpiry(long expiryMillis) {
        this.expiryMillis = expiryMillis;
    }

    /** What is pushed to a list goes to whatever is there, so that nothing is compared. */
    Seen asSeen() {
        if (compound != null) {
            return compound instanceof HashValue hash ? new Seen.Hash(hash, expiryMillis) : Seen.UNKNOWN;
        }
        return value == null ? Seen.ABSENT : new Seen.Value(value, expiryMillis);
    }
}
