package dev.redoubt.proxy.lane;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Gives every read of a lane's sockets the same buffer, as long as nobody has kept it: then an idle client costs no memory and a busy one no allocation. A buffer of which a slice was kept
 * is left to its keepers and replaced. Confined to the lane.
 */
public final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
    private final ByteBufAllocator allocator;
    private final int capacity;
    private ByteBuf current;

    /** A source of buffers of so many bytes. */
    public ReadBuffers(ByteBufAllocator allocator, int capacity) {
        this.allocator = allocator;
        this.capacity = capacity;
        this.current = allocator.directBuffer(capacity, capacity);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still asks for its deprecated type
    public RecvByteBufAllocator.Handle newHandle() {
        return new SharedHandle();
    }

    /** Gives back the buffer that is held. */
    public void close() {
        current.release();
    }

    private ByteBuf next() {
        if (current.refCnt() == 1) {
            current.clear();
        } else {
            current.release();
            current = allocator.directBuffer(capacity, capacity);
        }
        return current.retain();
    }

    private final class SharedHandle extends MaxMessageHandle {
        @Override
        public int guess() {
            return capacity;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator ignored) {
            return next();
        }
    }
}
