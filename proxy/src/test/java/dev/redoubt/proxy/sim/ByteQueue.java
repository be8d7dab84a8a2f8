package dev.redoubt.proxy.sim;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;

/** Bytes in line. */
final class ByteQueue {
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private int offset;
    private int length;

    int length() {
        return length;
    }

    void add(byte[] bytes) {
        if (bytes.length > 0) {
            pieces.add(bytes);
            length += bytes.length;
        }
    }

    void clear() {
        pieces.clear();
        offset = 0;
        length = 0;
    }

    /** The first so many bytes move to the buffer. */
    void moveTo(ByteBuf buffer, int count) {
        int left = count;
        while (left > 0) {
            byte[] first = pieces.element();
            int part = Math.min(left, first.length - offset);
            buffer.writeBytes(first, offset, part);
            left -= part;
            offset += part;
            if (offset == first.length) {
                pieces.remove();
                offset = 0;
            }
        }
        length -= count;
    }
}
