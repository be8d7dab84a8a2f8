package dev.redoubt.proxy.session;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A set of names (hashes of scripts, functions) that is asked on the hot path: looked up in a read buffer, without allocating. Open addressing, at most a quarter full; bounded by forgetting all. Confined to the lane.
 */
final class QuickNames {
    private static final int SLOTS = 4 * 1_024;
    private static final int MOST = SLOTS / 4;
    private static final int LONGEST = 64;
    private static final byte[] FREE = {};

    private final byte[][] names = new byte[SLOTS][];
    private int size;

    QuickNames() {
        clear();
    }

    void add(byte[] name) {
        if (name.length == 0 || name.length > LONGEST || contains(name)) {
            return;
        }
        if (size == MOST) {
            clear(); // each is found out again with one call
        }
        int slot = slot(hash(name));
        while (names[slot].length > 0) {
            slot = slot + 1 & SLOTS - 1;
        }
        names[slot] = name.clone();
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(byte[] name) {
        for (int slot = slot(hash(name)); names[slot].length > 0; slot = slot + 1 & SLOTS - 1) {
            if (Arrays.equals(names[slot], name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name that lies there, all of it readable, is one of them. */
    boolean contains(ByteBuf buf, int start, int length) {
        if (length > LONGEST) {
            return false;
        }
        int hash = 0;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + buf.getByte(i);
        }
        for (int slot = slot(hash); names[slot].length > 0; slot = slot + 1 & SLOTS - 1) {
            if (matches(names[slot], buf, start, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] name, ByteBuf buf, int start, int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != buf.getByte(start + i)) {
                return false;
            }
        }
        return true;
    }

    final void clear() {
        Arrays.fill(names, FREE);
        size = 0;
    }

    private static int hash(byte[] name) {
        int hash = 0;
        for (byte letter : name) {
            hash = 31 * hash + letter;
        }
        return hash;
    }

    /** A sum of letters differs most in its high bits after this. */
    private static int slot(int hash) {
        return hash * 0x9E3779B9 >>> Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
    }
}
