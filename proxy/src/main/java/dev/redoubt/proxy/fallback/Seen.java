package dev.redoubt.proxy.fallback;

/** What an upstream was last seen to hold for a key before we wrote to the journal. */
sealed interface Seen {
    Seen UNKNOWN = new Unknown();
    Seen ABSENT = new Absent();

    default int valueBytes() {
        return this instanceof Value value ? value.bytes().length : 0;
    }

    record Unknown() implements Seen {}

    record Absent() implements Seen {}

    /** @param expiryMillis as {@link Expiry} has it */
    record Value(byte[] bytes, long expiryMillis) implements Seen {}
}
