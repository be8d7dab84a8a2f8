package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.List;

/** A list, known as a whole: a ring, so that both ends are near and every element can be asked for. */
final class ListValue implements Compound {
    /** An array's head and padding, and its place in the ring, half of which may be free. */
    static final int ELEMENT_OVERHEAD_BYTES = 32;

    private static final byte[] FREE = {};

    private byte[][] ring;
    private int head;
    private int size;
    private long bytes;

    ListValue() {
        this(new byte[8][]);
    }

    private ListValue(byte[][] ring) {
        this.ring = ring;
    }

    @Override
    public ListValue copy() {
        ListValue copy = new ListValue(new byte[ring.length][]);
        copyTo(copy.ring);
        copy.size = size;
        copy.bytes = bytes;
        return copy;
    }

    private void copyTo(byte[][] other) {
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, other, 0, first);
        System.arraycopy(ring, 0, other, first, size - first);
    }

    @Override
    public String typeName() {
        return "list";
    }

    int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long costBytes() {
        return bytes;
    }

    static long costBytes(byte[] element) {
        return (long) ELEMENT_OVERHEAD_BYTES + element.length;
    }

    /** @param index from 0 to below the size */
    byte[] get(int index) {
        return ring[place(index)];
    }

    void set(int index, byte[] element) {
        bytes += costBytes(element) - costBytes(get(index));
        ring[place(index)] = element;
    }

    private int place(int index) {
        return (head + index) & (ring.length - 1);
    }

    void push(End end, byte[] element) {
        if (size == ring.length) {
            grow();
        }
        head = end == End.LEFT ? place(-1) : head;
        size++;
        ring[place(end == End.LEFT ? 0 : size - 1)] = element;
        bytes += costBytes(element);
    }

    private void grow() {
        byte[][] larger = new byte[ring.length * 2][];
        copyTo(larger);
        ring = larger;
        head = 0;
    }

    /** There must be one. */
    byte[] pop(End end) {
        int at = place(end == End.LEFT ? 0 : size - 1);
        byte[] element = ring[at];
        ring[at] = FREE;
        head = end == End.LEFT ? place(1) : head;
        size--;
        bytes -= costBytes(element);
        return element;
    }

    /** From an index to another, without it. */
    List<byte[]> slice(int from, int to) {
        List<byte[]> elements = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            elements.add(get(i));
        }
        return elements;
    }

    /** Where elements come and go. */
    enum End {
        LEFT,
        RIGHT
    }

    /** What LRANGE takes from these ends: the first index, and that behind the last; both 0 if nothing. */
    static int[] range(long start, long end, int size) {
        long from = Math.max(0, start < 0 ? start + size : start);
        long to = Math.min(size, (end < 0 ? end + size : end) + 1);
        return end == Long.MAX_VALUE
                ? new int[] {(int) Math.min(from, size), size}
                : from >= to ? new int[] {0, 0} : new int[] {(int) from, (int) to};
    }
}
