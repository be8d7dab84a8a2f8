package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReplyTest {
    private static final String RESP2 =
            "*3\r\n*6\r\n$3\r\nget\r\n:2\r\n*2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n*-1\r\n"
                    + "*10\r\n$6\r\nclient\r\n:-2\r\n*0\r\n:0\r\n:0\r\n:0\r\n*0\r\n*0\r\n*0\r\n"
                    + "*1\r\n*6\r\n$9\r\nclient|id\r\n:2\r\n*1\r\n+stale\r\n:0\r\n:0\r\n:0\r\n";
    private static final String RESP3 = "*2\r\n*6\r\n$3\r\nget\r\n:2\r\n~2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n"
            + "*10\r\n$6\r\nclient\r\n:-2\r\n~0\r\n:0\r\n:0\r\n:0\r\n~0\r\n~0\r\n~1\r\n%1\r\n$5\r\nflags\r\n~0\r\n"
            + "*1\r\n*6\r\n$9\r\nclient|id\r\n:2\r\n~1\r\n+stale\r\n:0\r\n:0\r\n:0\r\n";
    private static final List<UpstreamCommand> EXPECTED = List.of(
            new UpstreamCommand("get", 2, List.of("readonly", "fast"), 1, 1, 1, List.of()),
            new UpstreamCommand(
                    "client",
                    -2,
                    List.of(),
                    0,
                    0,
                    0,
                    List.of(new UpstreamCommand("client|id", 2, List.of("stale"), 0, 0, 0, List.of()))));

    @ParameterizedTest
    @ValueSource(strings = {RESP2, RESP3})
    void bothProtocolsAreRead(String reply) {
        ByteBuf buf = Unpooled.copiedBuffer(Words.bytes("xx" + reply + "+behind"));
        buf.readerIndex(2);

        assertEquals(EXPECTED, CommandReply.parse(buf));
        assertEquals(2, buf.readerIndex());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-ERR no\r\n", "+OK\r\n", "*-1\r\n", "*1\r\n:3\r\n", "*1\r\n*1\r\n$3\r\nget\r\n", "*1\r\n", ""})
    void anythingElseIsRefused(String reply) {
        ByteBuf buf = Unpooled.copiedBuffer(Words.bytes(reply));

        assertThrows(IllegalArgumentException.class, () -> CommandReply.parse(buf));
    }

    @Test
    void aReplyCutOffAnywhereIsRefused() {
        for (int length = 0; length < RESP2.length(); length++) {
            ByteBuf cut = Unpooled.copiedBuffer(Words.bytes(RESP2.substring(0, length)));
            if (length < RESP2.length() - 2) {
                assertThrows(IllegalArgumentException.class, () -> CommandReply.parse(cut), () -> "at " + cut);
            }
        }
    }
}
