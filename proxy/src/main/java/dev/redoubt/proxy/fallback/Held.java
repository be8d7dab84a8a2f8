package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** What the store holds for a key at this moment. Not to be kept: the next write may change it. */
interface Held {
    /** The key does not exist, as far as was seen. */
    Held ABSENT = new Nothing();
    /** The store has never seen this key, or forgot it. */
    Held NEVER_SEEN = new Nothing();

    /** Null: no value, or it is no string. */
    byte @Nullable [] value();

    /** Null: no value, or it is a string. */
    default @Nullable Compound compound() {
        return null;
    }

    /** As {@link #value}, for commands that take strings only. */
    default byte @Nullable [] string() {
        if (compound() != null) {
            throw Verdict.WRONG_TYPE;
        }
        return value();
    }

    /** As {@link #compound}, for commands that take hashes only, or sets only. */
    default @Nullable HashValue fieldsOrNone(HashValue.Type type) {
        Compound compound = compound();
        if (value() != null || compound != null && !(compound instanceof HashValue fields && fields.type() == type)) {
            throw Verdict.WRONG_TYPE;
        }
        return (HashValue) compound;
    }

    /** As {@link #compound}, for commands that take lists only. */
    default @Nullable ListValue listOrNone() {
        Compound compound = compound();
        if (value() != null || compound != null && !(compound instanceof ListValue)) {
            throw Verdict.WRONG_TYPE;
        }
        return (ListValue) compound;
    }

    /** As TYPE names it. */
    default String typeName() {
        Compound compound = compound();
        return compound != null ? compound.typeName() : value() != null ? "string" : "none";
    }

    /** Whether what it holds may be changed in place. */
    default boolean isOwn() {
        return false;
    }

    /** As {@link Expiry} has it. */
    long expiryMillis();

    default boolean exists() {
        return value() != null || compound() != null;
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
