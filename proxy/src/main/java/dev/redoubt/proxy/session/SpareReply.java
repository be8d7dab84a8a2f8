package dev.redoubt.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A buffer for the next reply of the proxy's own, whichever client gets it: most have left before the next one is made, so that one buffer serves them all. To allocate one each time was seen in profiles of what
 * memory answers, for the most part as the stacks that Netty's leak detector takes of some. Confined to the lane.
 */
final class SpareReply {
    private static final int BYTES = 256;
    private static final int MOST_BYTES = 16 * BYTES;

    private @Nullable ByteBuf spare;

    /** Empty, and the caller's. */
    ByteBuf take(ByteBufAllocator allocator) {
        ByteBuf taken = spare;
        spare = null;
        return taken == null ? allocator.directBuffer(BYTES) : taken;
    }

    /** The caller's no longer; nobody else may have it. */
    void give(ByteBuf buffer) {
        if (spare == null && buffer.capacity() <= MOST_BYTES) {
            spare = buffer.clear();
        } else {
            buffer.release();
        }
    }

    /** The last client has left. */
    void release() {
        if (spare != null) {
            spare.release();
            spare = null;
        }
    }
}
