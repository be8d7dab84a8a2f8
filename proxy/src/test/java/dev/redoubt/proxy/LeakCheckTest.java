package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void findsABufferThatNobodyReleased() {
        forgetABuffer();

        List<String> leaks = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> leaks.addAll(LeakCheck.findLeaks()));

        assertEquals(1, leaks.size());
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
