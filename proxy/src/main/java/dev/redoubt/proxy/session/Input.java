package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.ByteAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Bytes of a client that can't be handled yet: an unfinished command, or what came during a pause. Costs nothing while there are none. Confined to the lane. */
final class Input {
    private final ByteBufAllocator allocator;
    private final ByteAccount account;
    private int counted;
    private @Nullable ByteBuf held;

    /** @param account gets the memory that is kept alive */
    Input(ByteBufAllocator allocator, ByteAccount account) {
        this.allocator = allocator;
        this.account = account;
    }

    boolean isEmpty() {
        return held == null;
    }

    int bytes() {
        return held == null ? 0 : held.readableBytes();
    }

    /** The memory that is kept alive. */
    int capacity() {
        return counted;
    }

    ByteBuf bytesHeld() {
        if (held == null) {
            throw new IllegalStateException("nothing is held");
        }
        return held;
    }

    /** Copies the bytes from that index on behind what is held. */
    void keep(ByteBuf in, int from) {
        int length = in.writerIndex() - from;
        if (length == 0) {
            return;
        }
        if (held == null) {
            held = allocator.directBuffer(length);
        }
        held.writeBytes(in, from, length);
        count();
    }

    private void count() {
        int now = held == null ? 0 : held.capacity();
        account.add(now - counted);
        counted = now;
    }

    /** What lies before that index is done with. Returns by how much the rest has moved towards the front. */
    int consume(int to) {
        ByteBuf buffer = bytesHeld();
        buffer.readerIndex(to);
        if (!buffer.isReadable()) {
            release();
            return to;
        }
        if (buffer.refCnt() > 1) {
            held = null; // slices of it wait in a socket: nothing in it may move
            keep(buffer, to);
            buffer.release();
            return to;
        }
        if (to < buffer.capacity() / 2) {
            return 0;
        }
        buffer.discardReadBytes();
        return to;
    }

    void release() {
        if (held != null) {
            held.release();
            held = null;
            count();
        }
    }
}
