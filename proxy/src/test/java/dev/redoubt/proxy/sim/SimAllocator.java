package dev.redoubt.proxy.sim;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Remembers every buffer, so that one that was never released is found at once and for certain. On the heap: that is faster where buffers live for a moment. */
final class SimAllocator extends AbstractByteBufAllocator {
    private final List<ByteBuf> all = new ArrayList<>();

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        ByteBuf buffer = new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        all.add(buffer);
        return buffer;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    /** Those that somebody still holds. */
    List<ByteBuf> held() {
        return all.stream().filter(buffer -> buffer.refCnt() > 0).toList();
    }
}
