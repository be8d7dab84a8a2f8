package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataHandlerTest {
    private final DataFixture fixture = new DataFixture();
    private final TestSocket socket = fixture.socket;
    private final List<String> events = new ArrayList<>();
    private final RecordingSink a = new RecordingSink("a", events);
    private final RecordingSink b = new RecordingSink("b", events);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String wire(String... commands) {
        return new String(Wire.commands(commands));
    }

    // ---- writing

    @Test
    void whatSeveralClientsSendInOneTurnGoesOutTogether() {
        fixture.commands.run(a, "GET x");
        fixture.handler.flushLater();
        fixture.commands.run(b, "GET y");
        fixture.handler.flushLater();
        assertEquals("", socket.takeSentText());

        fixture.loop.run();

        assertEquals(wire("GET x", "GET y"), socket.takeSentText());
    }

    @Test
    void backlogWaitsWhileRedisTakesNothing() {
        socket.takeOnly(10);
        String value = "x".repeat(40_000);
        fixture.commands.run(a, "SET k " + value);
        fixture.commands.run(a, "SET l " + value);
        fixture.commands.run(a, "SET m " + value);
        fixture.flush();
        assertTrue(fixture.log.hasUnwritten(), "over the high-water mark of the socket");

        socket.takeAll();

        assertEquals(wire("SET k " + value, "SET l " + value, "SET m " + value), socket.takeSentText());
        assertFalse(fixture.log.hasUnwritten());
        assertEquals(List.of("writable"), fixture.heard);
    }

    @Test
    void errorWithNothingBeforeItIsDeliveredWithoutAReply() {
        fixture.log.appendError(a, "INDOUBT x", 0);
        fixture.commands.run(b, "GET y");

        fixture.flush();

        assertEquals(List.of("a failure INDOUBT"), events);
    }

    @Test
    void nothingIsWrittenOnAConnectionThatIsGone() {
        socket.reset();
        fixture.commands.run(a, "GET x");

        fixture.flush();

        assertTrue(fixture.log.hasUnwritten());
    }

    // ---- replies

    @Test
    void repliesOfARunLeaveAsOnePiece() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.commands.run(b, "PING");
        fixture.flush();

        socket.receive("$1\r\n1\r\n$-1\r\n+PONG\r\n");

        assertEquals(List.of("a 2: $1|1|$-1|", "b 1: +PONG|"), events);
        assertEquals(0, fixture.log.commands());
        assertEquals(List.of("alive"), fixture.heard);
    }

    @Test
    void wholeRepliesDoNotWaitForTheRestOfTheirRun() {
        fixture.commands.run(a, "GET x", "GET y", "GET z");
        fixture.flush();

        socket.receive("+1\r\n+2\r\n+");
        assertEquals(List.of("a 2: +1|+2|"), events);
        assertEquals(1, fixture.log.commands());
        socket.receive("3\r\n");

        assertEquals(List.of("a 2: +1|+2|", "a 1: +3|"), events);
    }

    @Test
    void repliesReachTheirClientsHoweverTheyAreCut() {
        byte[] replies =
                Wire.bytes("$3\r\na\r\n\r\n:1\r\n*2\r\n+x\r\n$-1\r\n+OK\r\n+QUEUED\r\n*1\r\n:5\r\n-ERR no\r\n");
        for (int[] ends : Wire.deliveries(replies.length)) {
            fixture.commands.run(a, "GET x", "INCR y");
            fixture.commands.run(b, "MGET x y");
            fixture.commands.unit(a, "MULTI", "INCR y", "EXEC");
            fixture.commands.run(b, "FOO");
            fixture.flush();
            int from = 0;
            for (int end : ends) {
                socket.receive(Arrays.copyOfRange(replies, from, end));
                from = end;
            }
            assertEquals("$3\r\na\r\n\r\n:1\r\n*1\r\n:5\r\n", a.takeReceived());
            assertEquals("*2\r\n+x\r\n$-1\r\n-ERR no\r\n", b.takeReceived());
            assertEquals(0, fixture.log.commands());
        }
    }

    @Test
    void onlyTheLastReplyOfAUnitIsTheClients() {
        fixture.commands.unit(a, "MULTI", "INCR x", "EXEC");
        fixture.flush();

        socket.receive("+OK\r\n+QUEUED\r\n");
        assertEquals(List.of(), events);
        socket.receive("*1\r\n:1\r\n");

        assertEquals(List.of("a 1: *1|:1|"), events);
        assertEquals(0, fixture.log.commands());
    }

    @Test
    void clientsAreFlushedOncePerRead() {
        List<String> flushed = new ArrayList<>();
        fixture.commands.run(a, "GET x");
        fixture.flush();
        fixture.dirty.add(() -> flushed.add("flushed after " + events));

        socket.receive("+1\r\n");

        assertEquals(List.of("flushed after [a 1: +1|]"), flushed);
    }

    @Test
    void pushAnswersNothing() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.flush();

        socket.receive(">1\r\n+p\r\n+1\r\n>2\r\n+p\r\n:1\r\n+2\r\n>0\r\n");
        socket.receive(">1\r\n+p\r\n");

        assertEquals(List.of("a 1: +1|", "a 1: +2|"), events);
        assertTrue(socket.isOpen());
    }

    // ---- what cannot be trusted

    @Test
    void replyThatNobodyIsOwedClosesTheConnection() {
        fixture.commands.run(a, "GET x");
        fixture.flush();

        socket.receive("+1\r\n+2\r\n");

        assertEquals(List.of("a 1: +1|"), events);
        assertFalse(socket.isOpen());
        assertEquals(List.of("alive", "lost 0 a reply that nobody is owed"), fixture.heard);
    }

    @Test
    void replyBeforeItsCommandWasWrittenIsNobodys() {
        fixture.commands.run(a, "GET x");

        socket.receive("+1\r\n");

        assertEquals(List.of(), events);
        assertFalse(socket.isOpen());
    }

    @Test
    void bytesThatAreNotRespCloseTheConnection() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.flush();

        socket.receive("+1\r\nHTTP");

        assertEquals(List.of("a 1: +1|"), events);
        assertFalse(socket.isOpen());
        assertEquals(List.of("alive", "lost 0 bytes that are not RESP"), fixture.heard);
        assertEquals(1, fixture.log.commands(), "the command whose reply was garbage is settled by the loss");
    }

    @Test
    void failureOfTheChannelEndsIt() {
        socket.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        fixture.loop.run();

        assertEquals(List.of("lost 0 Connection reset by peer"), fixture.heard);
    }

    // ---- loss

    @Test
    void everyByteThatTheKernelDidNotTakeIsCounted() {
        int length = wire("SET x 1", "SET y 2").length();
        for (int taken = 0; taken <= length; taken++) {
            DataFixture one = new DataFixture();
            one.commands.run(a, "SET x 1");
            one.socket.takeOnly(taken);
            one.flush();
            one.commands.run(b, "SET y 2");
            one.flush();

            one.socket.reset();

            assertEquals(List.of("lost " + (length - taken) + " closed by Redis"), one.heard);
            one.close();
        }
    }

    @Test
    void bytesThatWereTakenInTheEndAreNotUnsent() {
        fixture.commands.run(a, "SET x 1");
        socket.takeOnly(3);
        fixture.flush();
        socket.takeAll();
        fixture.commands.run(a, "SET y 2");

        socket.reset();

        assertEquals(List.of("lost 0 closed by Redis"), fixture.heard);
    }

    @Test
    void lossInTheMiddleOfAReplyLeavesItUndelivered() {
        fixture.commands.run(a, "GET x");
        fixture.flush();
        socket.receive("$10\r\n12345");

        socket.reset();

        assertEquals(List.of(), events);
        assertFalse(fixture.log.takeAll(0).stream()
                .peek(held -> held.release())
                .anyMatch(held -> held.isPartlyDelivered()));
    }

    // ---- the tap

    @Test
    void tapSeesRunsThatAreWholeAndHearsOfTheOthers() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.commands.run(b, "GET z", "GET z");
        fixture.commands.unit(a, "MULTI", "INCR x", "EXEC");
        fixture.flush();

        socket.receive("+1\r\n+2\r\n+3\r\n");
        socket.receive("+4\r\n+OK\r\n+QUEUED\r\n*0\r\n");

        assertEquals(List.of("db3 2: +1|+2|", "db3 unseen RUN", "db3 unseen UNIT"), fixture.tapped);
    }
}
