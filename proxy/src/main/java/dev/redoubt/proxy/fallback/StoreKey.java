package dev.redoubt.proxy.fallback;

import java.util.Arrays;

/** A key of one database. Immutable as long as nobody writes to its bytes, which nobody does. */
final class StoreKey {
    private final int db;
    private final byte[] bytes;
    private final int hash;

    StoreKey(int db, byte[] bytes) {
        this.db = db;
        this.bytes = bytes;
        this.hash = 31 * Arrays.hashCode(bytes) + db;
    }

    int db() {
        return db;
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
        return other instanceof StoreKey that && hash == that.hash && db == that.db && Arrays.equals(bytes, that.bytes);
    }

    /** Never the key itself: it may end up in a log. */
    @Override
    public String toString() {
        return "key of " + bytes.length + " bytes in database " + db;
    }
}
