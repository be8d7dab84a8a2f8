package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CauseTest {
    @Test
    void theNativeCallIsLeftOut() {
        assertEquals(
                "Connection refused: /127.0.0.1:6379",
                Cause.of(new IOException(
                        "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:6379")));
        assertEquals(
                "Connection reset by peer",
                Cause.of(new IOException("recvAddress(..) failed: Connection reset by peer")));
    }

    @Test
    void theRestIsKept() {
        assertEquals("connection timed out", Cause.of(new IOException("connection timed out")));
        assertEquals("ClosedChannelException", Cause.of(new ClosedChannelException()));
    }
}
