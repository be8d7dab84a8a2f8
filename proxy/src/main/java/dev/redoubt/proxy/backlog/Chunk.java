package dev.redoubt.proxy.backlog;

import io.netty.buffer.ByteBuf;

/** A piece of memory that holds commands one behind the other, kept while any of them is of use. Confined to the lane. */
final class Chunk {
    private final ByteBuf bytes;
    private int entries;

    Chunk(ByteBuf bytes) {
        this.bytes = bytes;
    }

    ByteBuf bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.capacity();
    }

    boolean hasRoom(int length) {
        return bytes.writableBytes() >= length;
    }

    /** Copies the bytes in and counts one more entry; returns where they begin. */
    int add(ByteBuf source, int from, int length) {
        int offset = bytes.writerIndex();
        bytes.writeBytes(source, from, length);
        entries++;
        return offset;
    }

    boolean isUnused() {
        return entries == 0;
    }

    void retainEntry() {
        entries++;
    }

    /** One entry fewer; true when none is left. */
    boolean releaseEntry() {
        return --entries == 0;
    }

    /** Begins anew if nobody is reading the bytes any more; false while a write of them is under way. */
    boolean rewind() {
        if (bytes.refCnt() != 1) {
            return false;
        }
        bytes.clear();
        return true;
    }

    void release() {
        bytes.release();
    }
}
