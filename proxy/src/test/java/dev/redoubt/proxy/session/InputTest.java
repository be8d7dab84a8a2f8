package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.lane.ByteAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputTest {
    @Test
    void nothingMovesUnderASliceThatIsNotSentYet() {
        Input input = new Input(UnpooledByteBufAllocator.DEFAULT, new ByteAccount());
        keep(input, "0123456789abcdef");
        ByteBuf waiting = input.bytesHeld().retainedSlice(0, 12);

        int moved = input.consume(12);

        assertEquals(12, moved);
        assertEquals("0123456789ab", waiting.toString(StandardCharsets.US_ASCII));
        assertEquals("cdef", input.bytesHeld().toString(StandardCharsets.US_ASCII));
        waiting.release();
        input.release();
    }

    private static void keep(Input input, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        input.keep(bytes, 0);
        bytes.release();
    }
}
