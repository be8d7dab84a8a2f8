package dev.redoubt.proxy.fallback;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A piece of the flight recording: records one after the other, each a header and then the bytes of commands and replies.
 * Owned by the lane while it is filled, by the ring while it waits, by the reader while it is read.
 */
final class Segment {
    static final int HEADER_BYTES = 32;

    /** Every command's effect follows from it and its reply; none writes. */
    static final int READS = 0;
    /** The same with writes among them. */
    static final int WRITES = 1;
    /** Commands whose replies say nothing: their keys are forgotten. */
    static final int FORGET_WRITTEN_KEYS = 2;
    /** The command bytes are one key. */
    static final int FORGET_KEY = 3;

    static final int FORGET_DATABASE = 4;
    static final int FORGET_EVERYTHING = 5;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private long base;
    private int used;
    private boolean containsWrites;

    Segment(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** @param base the position of its first byte in the whole recording */
    void reset(long base) {
        this.base = base;
        used = 0;
        containsWrites = false;
    }

    boolean fits(int recordBytes) {
        return recordBytes <= bytes.length - used;
    }

    /** The caller made sure that it fits. Borrows both buffers. */
    void append(
            int kind,
            int db,
            long epochMillis,
            int count,
            ByteBuf commands,
            int from,
            int length,
            ByteBuf replies,
            int repliesFrom,
            int repliesLength) {
        int at = used;
        INT.set(bytes, at, kind);
        INT.set(bytes, at + 4, db);
        INT.set(bytes, at + 8, count);
        INT.set(bytes, at + 12, length);
        INT.set(bytes, at + 16, repliesLength);
        LONG.set(bytes, at + 24, epochMillis);
        copy(commands, from, at + HEADER_BYTES, length);
        copy(replies, repliesFrom, at + HEADER_BYTES + length, repliesLength);
        used = at + HEADER_BYTES + length + repliesLength;
        containsWrites |= kind != READS;
    }

    /**
     * Where Netty has no Unsafe (JDK 25) its getBytes makes a duplicate for each call. The buffer's own one serves as well: only the lane uses it, and what is recorded is written to sockets as slices only, which have
     * others.
     */
    private void copy(ByteBuf from, int index, int to, int length) {
        if (from.isDirect() && from.nioBufferCount() == 1) {
            from.internalNioBuffer(index, length).get(bytes, to, length);
        } else {
            from.getBytes(index, bytes, to, length);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.length;
    }

    int used() {
        return used;
    }

    boolean containsWrites() {
        return containsWrites;
    }

    long base() {
        return base;
    }

    /** The position of the first byte after it. */
    long end() {
        return base + used;
    }

    int kindAt(int at) {
        return (int) INT.get(bytes, at);
    }

    int dbAt(int at) {
        return (int) INT.get(bytes, at + 4);
    }

    int countAt(int at) {
        return (int) INT.get(bytes, at + 8);
    }

    int commandBytesAt(int at) {
        return (int) INT.get(bytes, at + 12);
    }

    int replyBytesAt(int at) {
        return (int) INT.get(bytes, at + 16);
    }

    long epochMillisAt(int at) {
        return (long) LONG.get(bytes, at + 24);
    }
}
