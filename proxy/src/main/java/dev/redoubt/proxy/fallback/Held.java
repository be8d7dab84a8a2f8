package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** What the store holds for a key at this moment. Not to be kept: the next write may change it. */
interface Held {
    /** The key does not exist, as far as was seen. */
    Held ABSENT = new Nothing();
    /** The store has never seen this key, or forgot it. */
    Held NEVER_SEEN = new Nothing();

    /** Null: no value. */
    byte @Nullable [] value();

    /** As {@link Expiry} has it. */
    long expiryMillis();

    default boolean exists() {
        return value() != null;
    }

    /** Neither {@link #ABSENT} nor {@link #NEVER_SEEN} is a record: two equal records would be one. */
    final class Nothing implements Held {
        private Nothing() {}

        @Override
        public byte @Nullable [] value() {
            return null;
        }

        @Override
        public long expiryMillis() {
            return Expiry.NONE;
        }
    }
}
