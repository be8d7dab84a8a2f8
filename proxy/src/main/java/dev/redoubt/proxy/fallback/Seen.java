package dev.redoubt.proxy.fallback;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an upstream was last seen to hold for a key before we wrote to the journal. */
sealed interface Seen {
    Seen UNKNOWN = new Unknown();
    Seen ABSENT = new Absent();

    default int valueBytes() {
        return this instanceof Value value
                ? value.bytes().length
                : this instanceof Hash hash ? (int) hash.value().costBytes() : 0;
    }

    /** Whether its time has passed by then. */
    default boolean hasPassedAt(long nowMillis) {
        return this instanceof Value value && Expiry.hasPassed(value.expiryMillis(), nowMillis)
                || this instanceof Hash hash && Expiry.hasPassed(hash.expiryMillis(), nowMillis);
    }

    /** Whether it is this string. */
    default boolean holds(byte @Nullable [] string) {
        return string != null && this instanceof Value value && Arrays.equals(value.bytes(), string);
    }

    record Unknown() implements Seen {}

    record Absent() implements Seen {}

    /**
     * As far as it is known; not to be changed.
     *
     * @param expiryMillis as {@link Expiry} has it
     */
    record Hash(HashValue value, long expiryMillis) implements Seen {}

    /** @param expiryMillis as {@link Expiry} has it */
    record Value(byte[] bytes, long expiryMillis) implements Seen {}
}
