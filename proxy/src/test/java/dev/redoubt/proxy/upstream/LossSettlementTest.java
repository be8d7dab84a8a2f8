package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossSettlementTest {
    private static final long WINDOW_BEGINS = 1_000;

    private final ScriptedMemory memory = new ScriptedMemory();
    private final UpstreamFixture upstream = new UpstreamFixture(memory);
    private final CommandLog log = upstream.shared().log();
    private final List<String> events = new ArrayList<>();
    private final RecordingSink a = new RecordingSink("a", events);
    private final RecordingSink b = new RecordingSink("b", events);
    private final RecordingSink c = new RecordingSink("c", events);

    @AfterEach
    void close() {
        upstream.close();
    }

    private void append(RecordingSink sink, long acceptedNanos, String... commands) {
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.append(sink, buf, 0, buf.writerIndex(), commands.length, true, acceptedNanos);
    }

    private void appendUnit(RecordingSink sink, String... commands) {
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.appendUnit(sink, buf, 0, buf.writerIndex(), commands.length, WINDOW_BEGINS);
    }

    /** All that is left to write, as it would go out; what is answered with it is in {@link #events}. */
    private String write() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf slice = log.nextUnwritten(); slice != null; slice = log.nextUnwritten()) {
            all.append(Wire.text(slice));
        }
        log.head();
        return all.toString();
    }

    private void settle(LossPolicy.Link link, long unsentBytes) {
        new LossSettlement(upstream.shared(), upstream.server(), link, WINDOW_BEGINS, null).settle(unsentBytes);
    }

    private static String wire(String... commands) {
        return new String(Wire.commands(commands));
    }

    private void answerAll() {
        for (var head = log.head(); head != null; head = log.head()) {
            log.headAnswered(head, 1);
        }
    }

    @Test
    void whatWasNotSentIsKept() {
        append(a, WINDOW_BEGINS, "INCR x", "LPUSH y 1");
        appendUnit(b, "MULTI", "INCR x", "EXEC");
        int bytes = write().length();

        settle(LossPolicy.Link.UNKNOWN, bytes);

        assertEquals(List.of(), events);
        assertEquals(wire("INCR x", "LPUSH y 1", "MULTI", "INCR x", "EXEC"), write());
        answerAll();
    }

    @Test
    void unitThatLacksItsLastByteIsKept() {
        appendUnit(a, "MULTI", "INCR x", "EXEC");
        append(a, WINDOW_BEGINS, "INCR y");
        write();

        settle(LossPolicy.Link.UNKNOWN, wire("INCR y").length() + 1);

        assertEquals(List.of(), events);
        assertEquals(wire("MULTI", "INCR x", "EXEC", "INCR y"), write());
        answerAll();
    }

    @Test
    void classOfEachCommandDecidesAboutWhatWasSent() {
        append(a, WINDOW_BEGINS, "GET v", "INCR w", "SET x 1", "HSCAN y 17");
        appendUnit(b, "MULTI", "GET v", "EXEC");
        appendUnit(c, "MULTI", "INCR w", "EXEC");
        append(c, WINDOW_BEGINS, "NOSUCH x");
        write();

        settle(LossPolicy.Link.FENCED, 0);

        assertEquals(
                wire("GET v", "SET x 1", "HSCAN y 17", "MULTI", "GET v", "EXEC"),
                write(),
                "reads and last-wins go again");
        log.headAnswered(log.head(), 1);
        log.head();
        answerAll();
        assertEquals(List.of("c failure INDOUBT", "c failure INDOUBT", "a failure INDOUBT"), events);
        assertEquals(3, upstream.count(Counter.IN_DOUBT));
        assertEquals(2, upstream.count(Counter.RESENT_READ));
        assertEquals(1, upstream.count(Counter.RESENT_CURSOR));
        assertEquals(1, upstream.count(Counter.RESENT_LAST_WINS));
        assertEquals(
                List.of(
                        "in doubt db0 INCR w",
                        "in doubt db0 MULTI",
                        "in doubt db0 INCR w",
                        "in doubt db0 EXEC",
                        "in doubt db0 NOSUCH x"),
                memory.takeHeard());
    }

    @Test
    void errorDoesNotOvertakeAnEarlierCommandOfItsSession() {
        append(a, WINDOW_BEGINS, "GET x", "INCR z");
        append(b, WINDOW_BEGINS, "INCR y", "GET y", "INCR z");
        write();

        settle(LossPolicy.Link.FENCED, 0);
        assertEquals(List.of("b failure INDOUBT"), events, "nothing was before it");

        assertEquals(wire("GET x", "GET y"), write());
        log.headAnswered(log.head(), 1);
        events.add("a has its reply");
        log.head();
        assertEquals(List.of("b failure INDOUBT", "a has its reply", "a failure INDOUBT"), events);
        log.headAnswered(log.head(), 1);
        log.head();
        assertEquals("b failure INDOUBT", events.get(3));
        assertTrue(log.isEmpty());
    }

    @Test
    void waitingErrorsSurviveFurtherLosses() {
        append(a, WINDOW_BEGINS, "GET x", "INCR y");
        write();
        settle(LossPolicy.Link.UNKNOWN, 0);
        write();

        settle(LossPolicy.Link.FENCED, 0);
        settle(LossPolicy.Link.FENCED, 0);

        assertEquals(List.of(), events);
        assertEquals(wire("GET x"), write());
        answerAll();
        assertEquals(List.of("a failure INDOUBT"), events);
    }

    @Test
    void writesWaitForTheFenceAndAreJudgedAgain() {
        append(a, WINDOW_BEGINS, "SET x 1", "GET x");
        write();
        settle(LossPolicy.Link.UNKNOWN, 0);
        assertEquals(List.of(), events);
        assertEquals(0, upstream.count(Counter.RESENT_LAST_WINS));

        settle(LossPolicy.Link.UNFENCED, 0);

        assertEquals(List.of("a failure INDOUBT"), events);
        assertEquals(wire("GET x"), write());
        answerAll();
    }

    @Test
    void writeThatIsTooOldIsNotRepeated() {
        append(a, WINDOW_BEGINS - 1, "SET x 1");
        append(b, WINDOW_BEGINS, "SET y 1");
        write();

        settle(LossPolicy.Link.FENCED, 0);

        assertEquals(List.of("a failure INDOUBT"), events);
        assertEquals(wire("SET y 1"), write());
        answerAll();
    }

    @Test
    void oldWriteThatWasNeverSentIsNotInDoubt() {
        append(a, WINDOW_BEGINS - 1, "SET x 1");

        settle(LossPolicy.Link.UNFENCED, 0);

        assertEquals(List.of(), events);
        assertEquals(wire("SET x 1"), write());
        answerAll();
    }

    @Test
    void cursorOfAnEarlierRunIsLost() {
        append(a, WINDOW_BEGINS, "SCAN 17", "SCAN 0");
        write();

        settle(LossPolicy.Link.FENCED_NEW_RUN, 0);

        assertEquals(List.of("a failure CURSORLOST"), events);
        assertEquals(1, upstream.count(Counter.CURSOR_LOST));
        assertEquals(wire("SCAN 0"), write());
        answerAll();
    }

    @Test
    void readIsNotRepeatedBehindALaterWriteOfItsClient() {
        append(a, WINDOW_BEGINS, "GET x", "GET y", "SET x 1", "GET x");
        append(b, WINDOW_BEGINS, "GET x");
        append(c, WINDOW_BEGINS, "HSET h f v", "SET h v", "GET h");
        appendUnit(c, "MULTI", "GET z", "EXEC");
        write();
        append(a, WINDOW_BEGINS, "SET y 1");
        append(c, WINDOW_BEGINS, "SET z 1");

        settle(LossPolicy.Link.FENCED, 0);

        assertEquals(List.of("a failure UNAVAILABLE", "c failure INDOUBT"), events);
        assertEquals(
                wire(
                        "GET y", "SET x 1", "GET x", "GET x", "SET h v", "GET h", "MULTI", "GET z", "EXEC", "SET y 1",
                        "SET z 1"),
                write(),
                "what was not sent has changed nothing");
        answerAll();
        assertEquals(1, upstream.count(Counter.UNAVAILABLE));
        assertEquals(1, upstream.count(Counter.IN_DOUBT));
    }

    @Test
    void whatNobodyKnowsMayHaveChangedEverythingThatItsClientReadBefore() {
        append(a, WINDOW_BEGINS, "GET x", "NOSUCH y");
        appendUnit(b, "MULTI", "GET x", "EXEC");
        appendUnit(b, "MULTI", "INCR x", "EXEC");
        write();

        settle(LossPolicy.Link.UNKNOWN, 0);

        assertEquals(
                List.of("a failure UNAVAILABLE", "a failure INDOUBT", "b failure UNAVAILABLE", "b failure INDOUBT"),
                events);
        assertTrue(log.isEmpty());
    }

    @Test
    void commandsOfAClientThatLeftAreNeitherKeptNorAnswered() {
        append(a, WINDOW_BEGINS, "SET x 1");
        write();
        append(a, WINDOW_BEGINS, "GET x");
        append(b, WINDOW_BEGINS, "GET y");
        a.leave();

        settle(LossPolicy.Link.UNKNOWN, 0);

        assertEquals(wire("GET y"), write());
        assertEquals(List.of(), events);
        assertEquals(1, upstream.count(Counter.ABANDONED_IN_DOUBT));
        assertEquals(1, upstream.count(Counter.DROPPED_CLIENT_GONE));
        assertEquals(List.of("in doubt db0 SET x 1"), memory.takeHeard());
        answerAll();
    }

    @Test
    void clientWhoseReplyIsCutHearsOfItAndTheCommandIsNotRepeated() {
        append(a, WINDOW_BEGINS, "GETDEL x");
        append(b, WINDOW_BEGINS, "GET y");
        write();
        log.head().markPartlyDelivered(true);

        settle(LossPolicy.Link.UNKNOWN, 0);

        assertEquals(List.of("a cut"), events);
        assertEquals(wire("GET y"), write());
        assertEquals(List.of("in doubt db0 GETDEL x"), memory.takeHeard(), "it ran: what memory knew is stale");
        answerAll();
    }
}
