package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void findsABufferThatNobodyReleased() {
        forgetABuffer();

        assertEquals(1, LeakCheck.findLeaks().size());
    }

    @Test
    void acceptsABufferThatWasReleased() {
        ByteBufAllocator.DEFAULT.buffer().release();

        assertEquals(List.of(), LeakCheck.findLeaks());
    }

    private static void forgetABuffer() {
        ByteBuf forgotten = ByteBufAllocator.DEFAULT.buffer();
        forgotten.writeByte(1);
    }
}
