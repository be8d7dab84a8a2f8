package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.resp.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies over the bound, which is small here, pass on in parts. */
class LargeReplyTest {
    private static final int SIZE = 3 * DataFixture.LARGE;
    private static final String LARGE = "$" + SIZE + "\r\n" + "x".repeat(SIZE) + "\r\n";
    private static final String NESTED = "*3\r\n+a\r\n" + LARGE + "*1\r\n:1\r\n";

    private final DataFixture fixture = new DataFixture();
    private final TestSocket socket = fixture.socket;
    private final List<String> events = new ArrayList<>();
    private final RecordingSink a = new RecordingSink("a", events);
    private final RecordingSink b = new RecordingSink("b", events);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void receive(String replies, int... ends) {
        byte[] bytes = Wire.bytes(replies);
        int from = 0;
        for (int end : ends) {
            socket.receive(Arrays.copyOfRange(bytes, from, end));
            from = end;
        }
        socket.receive(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    @Test
    void largeReplyBeginsToLeaveBeforeItIsWhole() {
        fixture.commands.run(a, "GET x");
        fixture.flush();

        socket.receive("$" + SIZE + "\r\n" + "y".repeat(10));

        assertEquals(List.of("a part $" + SIZE + "|" + "y".repeat(10)), events);
        assertEquals(1, fixture.log.commands());
    }

    @Test
    void replyUpToTheBoundLeavesWhole() {
        String value = "x".repeat(DataFixture.LARGE - 8);
        String whole = "$" + value.length() + "\r\n" + value + "\r\n";
        assertEquals(DataFixture.LARGE - 1, whole.length());
        fixture.commands.run(a, "GET x");
        fixture.flush();

        receive(whole, 50);

        assertEquals(List.of("a 1: " + whole.replace("\r\n", "|")), events);
    }

    @Test
    void partsMakeUpTheReplyHoweverItIsCut() {
        for (String large : List.of(LARGE, NESTED)) {
            String replies = "+1\r\n" + large + "+2\r\n";
            for (int cut = 1; cut < replies.length(); cut++) {
                fixture.commands.run(a, "GET x", "GET y");
                fixture.commands.run(b, "GET z");
                fixture.flush();

                receive(replies, cut);

                assertEquals("+1\r\n" + large, a.takeReceived(), "cut at " + cut);
                assertEquals("+2\r\n", b.takeReceived(), "cut at " + cut);
                assertEquals(0, fixture.log.commands());
            }
        }
    }

    @Test
    void byteByByteIsAsGood() {
        String replies = NESTED + "+2\r\n";
        int[] single = new int[replies.length() - 1];
        Arrays.setAll(single, i -> i + 1);
        fixture.commands.run(a, "GET x");
        fixture.commands.run(b, "GET z");
        fixture.flush();

        receive(replies, single);

        assertEquals(NESTED, a.takeReceived());
        assertEquals("+2\r\n", b.takeReceived());
    }

    @Test
    void lastPartIsTheLast() {
        fixture.commands.run(a, "GET x");
        fixture.flush();

        receive(LARGE, 20, 200);

        assertEquals(3, events.size());
        assertTrue(events.get(0).startsWith("a part $300|"));
        assertTrue(events.get(1).startsWith("a part x"));
        assertTrue(events.get(2).startsWith("a last x"));
        assertEquals(List.of("db3 unseen RUN"), fixture.tapped);
    }

    @Test
    void lossInTheMiddleIsKnown() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.flush();
        socket.receive(LARGE.substring(0, 50));
        socket.reset();

        List<HeldCommand> held = fixture.log.takeAll(0);

        assertEquals(
                List.of(true, false),
                held.stream().map(HeldCommand::isPartlyDelivered).toList());
        held.forEach(HeldCommand::release);
    }

    @Test
    void lossAfterTheEndIsNotInTheMiddle() {
        fixture.commands.run(a, "GET x", "GET y");
        fixture.flush();
        receive(LARGE, 50);
        socket.reset();

        List<HeldCommand> held = fixture.log.takeAll(0);

        assertEquals(
                List.of(false),
                held.stream().map(HeldCommand::isPartlyDelivered).toList());
        held.forEach(HeldCommand::release);
    }

    @Test
    void largeReplyOfATransactionIsStreamedAndWhatPrecedesItIsNot() {
        fixture.commands.unit(a, "MULTI", "GET x", "EXEC");
        fixture.flush();

        receive("+OK\r\n+QUEUED\r\n*1\r\n" + LARGE, 30, 100);

        assertEquals("*1\r\n" + LARGE, a.takeReceived());
    }

    @Test
    void largeReplyInsideATransactionIsNobodys() {
        String error = "-ERR " + "x".repeat(2 * DataFixture.LARGE) + "\r\n";
        fixture.commands.unit(a, "MULTI", "GET x", "EXEC");
        fixture.flush();

        receive("+OK\r\n" + error + "-EXECABORT no\r\n", 100, 150);

        assertEquals(List.of("a 1: -EXECABORT no|"), events);
    }

    @Test
    void largePushIsNobodysReply() {
        String push = ">2\r\n+invalidate\r\n" + LARGE;
        fixture.commands.run(a, "GET x", "GET y");
        fixture.flush();

        receive("+1\r\n" + push + "+2\r\n", 30, 200);

        assertEquals(List.of("a 1: +1|", "a 1: +2|"), events);
        assertTrue(socket.isOpen());
    }

    @Test
    void largePushWithNothingInFlightIsSkipped() {
        receive(">2\r\n+invalidate\r\n" + LARGE, 40, 200);

        fixture.commands.run(a, "GET x");
        fixture.flush();
        socket.receive("+1\r\n");

        assertEquals(List.of("a 1: +1|"), events);
    }

    @Test
    void largeReplyThatNobodyIsOwedClosesTheConnection() {
        socket.receive(LARGE.substring(0, 50));

        assertFalse(socket.isOpen());
        assertEquals(List.of("alive", "lost 0 a reply that nobody is owed"), fixture.heard);
    }

    @Test
    void garbageInsideALargeReplyClosesTheConnection() {
        fixture.commands.run(a, "GET x");
        fixture.flush();

        receive("*2\r\n" + LARGE + "garbage\r\n", 50);

        assertFalse(socket.isOpen());
        assertTrue(fixture.heard.contains("lost 0 bytes that are not RESP"));
    }
}
