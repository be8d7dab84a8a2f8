package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final TestLoop loop = new TestLoop();
    private final List<String> events = new ArrayList<>();
    private final Requests requests = new Requests(cause -> events.add("lost: " + cause));
    private final TestSocket socket = new TestSocket(loop, requests);

    @AfterEach
    void close() {
        socket.reset();
    }

    private void send(String... command) {
        requests.send(reply -> events.add(command[0] + ": " + show(reply)), command);
    }

    private static String show(Object reply) {
        String text = RespValues.text(reply);
        return text == null ? String.valueOf(reply) : text;
    }

    @Test
    void requestsOfATurnGoOutTogetherAndRepliesFindTheirConsumers() {
        send("PING");
        send("CLIENT", "ID");
        assertEquals("", socket.takeSentText());
        loop.run();
        assertEquals(new String(Wire.commands("PING", "CLIENT ID")), socket.takeSentText());
        assertEquals(2, requests.awaited());

        socket.receive("+PONG\r\n:7\r\n");

        assertEquals(List.of("PING: PONG", "CLIENT: 7"), events);
        assertEquals(0, requests.awaited());
    }

    @Test
    void repliesAreUnderstoodHoweverTheyAreCut() {
        byte[] replies = Wire.bytes("+OK\r\n$5\r\na\r\nbc\r\n*2\r\n:1\r\n$-1\r\n-ERR no\r\n");
        for (int[] ends : Wire.deliveries(replies.length)) {
            events.clear();
            for (String name : List.of("A", "B", "C", "D")) {
                send(name);
            }
            int from = 0;
            for (int end : ends) {
                socket.receive(Arrays.copyOfRange(replies, from, end));
                from = end;
            }
            assertEquals(List.of("A: OK", "B: a\r\nbc", "C: [1, null]", "D: " + new RespError("ERR no")), events);
        }
    }

    @Test
    void encodedCommandsGetTheirRepliesAsFrames() {
        ByteBuf commands = Unpooled.wrappedBuffer(Wire.commands("GET a", "GET b"));
        requests.sendEncoded(commands, 2, frame -> events.add(frame.toString(StandardCharsets.ISO_8859_1)));
        loop.run();

        socket.receive("$1\r\nx\r\n$-");
        socket.receive("1\r\n");

        assertEquals(List.of("$1\r\nx\r\n", "$-1\r\n"), events);
    }

    @Test
    void pushIsNobodysReply() {
        send("PING");

        socket.receive(">2\r\n+invalidate\r\n*0\r\n+PONG\r\n");

        assertEquals(List.of("PING: PONG"), events);
        assertTrue(requests.isOpen());
    }

    @Test
    void replyThatNobodyAskedForClosesTheConnection() {
        send("PING");

        socket.receive("+PONG\r\n+PONG\r\n");

        assertEquals(List.of("PING: PONG", "lost: a reply that nobody asked for"), events);
        assertFalse(socket.isOpen());
    }

    @Test
    void whatIsNotRespClosesTheConnection() {
        send("PING");

        socket.receive("HTTP/1.1 400 Bad Request\r\n\r\n");

        assertEquals(List.of("lost: not a Redis server: its reply is not RESP"), events);
        assertFalse(socket.isOpen());
    }

    @Test
    void lossIsToldOnceAndAwaitedRepliesDoNotCome() {
        send("PING");
        socket.receive("+PO");

        socket.reset();

        assertEquals(List.of("lost: closed by Redis"), events);
        assertFalse(requests.isOpen());
        assertEquals(0, requests.awaited());
        assertThrows(IllegalStateException.class, () -> send("PING"));
    }

    @Test
    void consumerMayTakeTheConnectionOver() {
        ChannelInboundHandlerAdapter successor = new ChannelInboundHandlerAdapter();
        requests.send(reply -> socket.pipeline().replace(Requests.class, "next", successor), "INFO");

        socket.receive("$2\r\nhi\r\n");

        assertEquals(successor, socket.pipeline().get("next"));
        assertFalse(requests.isOpen());
        assertEquals(List.of(), events);
    }

    @Test
    void consumerThatFailsClosesTheConnection() {
        requests.send(
                reply -> {
                    throw new IllegalStateException("a bug that this test made");
                },
                "INFO");

        socket.receive("+OK\r\n");

        assertEquals(List.of("lost: a bug that this test made"), events);
    }
}
