package dev.redoubt.proxy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Keys that a held or in-doubt command may write, with how many such commands there are: what memory must not answer past them. Confined to the lane. */
final class HeldKeys {
    private record Key(int database, ByteBuffer bytes) {}

    private final Map<Key, Integer> counts = new HashMap<>();

    void add(int database, byte[][] keys) {
        for (byte[] key : keys) {
            counts.merge(key(database, key), 1, Integer::sum);
        }
    }

    void remove(int database, byte[][] keys) {
        for (byte[] key : keys) {
            counts.computeIfPresent(key(database, key), (ignored, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean blocksAny(int database, byte[][] keys) {
        if (counts.isEmpty()) {
            return false;
        }
        for (byte[] key : keys) {
            if (counts.containsKey(key(database, key))) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void clear() {
        counts.clear();
    }

    private static Key key(int database, byte[] bytes) {
        return new Key(database, ByteBuffer.wrap(bytes));
    }
}
