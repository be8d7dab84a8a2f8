package dev.redoubt.proxy.session;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A set of names (hashes of scripts, functions) that is asked on the hot path: looked up in a read buffer, eight bytes at a time, without allocating. Open addressing, at most a quarter full; bounded by forgetting all. Confined to the lane.
 */
final class QuickNames {
    private static final int SLOTS = 4 * 1_024;
    private static final int MOST = SLOTS / 4;
    private static final int LONGEST = 64;
    private static final byte[] FREE = {};
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        for (int slot = slot(hash(buf, start, length)); names[slot].length > 0; slot = slot + 1 & SLOTS - 1) {
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
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) WORDS.get(name, i) != buf.getLong(start + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (name[i] != buf.getByte(start + i)) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        Arrays.fill(names, FREE);
        size = 0;
    }

    /** The first and the last eight bytes: hashes of scripts differ in each. */
    private static long hash(byte[] name) {
        if (name.length >= Long.BYTES) {
            return (long) WORDS.get(name, 0) * 31 + (long) WORDS.get(name, name.length - Long.BYTES);
        }
        long hash = 0;
        for (byte letter : name) {
            hash = 31 * hash + letter;
        }
        return hash;
    }

    private static long hash(ByteBuf buf, int start, int length) {
        if (length >= Long.BYTES) {
            return buf.getLong(start) * 31 + buf.getLong(start + length - Long.BYTES);
        }
        long hash = 0;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + buf.getByte(i);
        }
        return hash;
    }

    /** A sum of letters differs most in its high bits after this. */
    private static int slot(long hash) {
        return (int) (hash * 0x9E3779B97F4A7C15L >>> Long.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    }
}
