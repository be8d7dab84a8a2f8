package dev.redoubt.proxy.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {
    private static final int CAPACITY = 1024;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final ReadBuffers buffers = new ReadBuffers(allocator, CAPACITY);

    @AfterEach
    void everythingIsGivenBack() {
        buffers.close();
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    private ByteBuf read() {
        return buffers.newHandle().allocate(allocator);
    }

    @Test
    void bufferThatNobodyKeptServesTheNextRead() {
        ByteBuf first = read();
        first.writeLong(1);
        first.release();

        ByteBuf second = read();

        assertSame(first, second);
        assertEquals(0, second.readableBytes());
        assertEquals(CAPACITY, second.writableBytes());
        second.release();
    }

    @Test
    void bufferOfWhichASliceWasKeptIsLeftToItsKeeper() {
        ByteBuf first = read();
        first.writeInt(0x01020304);
        ByteBuf kept = first.retainedSlice(1, 2);
        first.release();

        ByteBuf second = read();
        second.writeLong(-1);

        assertNotSame(first, second);
        assertEquals(0x0203, kept.readShort());
        kept.release();
        second.release();
        assertEquals(CAPACITY, allocator.metric().usedDirectMemory());
    }

    @Test
    void readsOfSeveralSocketsThatAreHandledOneBehindTheOtherShareOneBuffer() {
        for (int i = 0; i < 1_000; i++) {
            read().writeByte(i).release();
        }

        assertEquals(CAPACITY, allocator.metric().usedDirectMemory());
    }
}
