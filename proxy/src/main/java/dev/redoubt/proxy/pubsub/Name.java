package dev.redoubt.proxy.pubsub;

import java.util.Arrays;

/** The name of a channel or pattern. Immutable as long as nobody writes to its bytes, which nobody does. */
final class Name {
    private final byte[] bytes;
    private final int hash;

    Name(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    /** Never the name itself: it may end up in a log. */
    @Override
    public String toString() {
        return "name of " + bytes.length + " bytes";
    }
}
