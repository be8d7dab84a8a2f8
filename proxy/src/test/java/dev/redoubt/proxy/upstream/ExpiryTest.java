package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final long BUDGET = 100;

    private final UpstreamFixture upstream = new UpstreamFixture(new ScriptedMemory());
    private final CommandLog log = upstream.shared().log();
    private final List<String> events = new ArrayList<>();
    private final RecordingSink a = new RecordingSink("a", events).holdBudgetNanos(BUDGET);
    private final RecordingSink b = new RecordingSink("b", events).holdBudgetNanos(10 * BUDGET);

    @AfterEach
    void close() {
        upstream.close();
    }

    private void append(RecordingSink sink, boolean writes, String... commands) {
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.append(sink, buf, 0, buf.writerIndex(), commands.length, writes, 0);
    }

    /** What is in the log was sent on a connection that is lost. */
    private void loseAll() {
        for (ByteBuf slice = log.nextUnwritten(); slice != null; slice = log.nextUnwritten()) {
            slice.release();
        }
        log.takeAll(0).forEach(log::restore);
    }

    private void sweep(long nowNanos) {
        new Expiry(upstream.shared().log(), upstream.shared().absence(), upstream.server(), nowNanos).sweep();
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        log.forEach(entry -> entry.forEachCommand(arguments -> left.add(new String(arguments[0]))));
        return left;
    }

    @Test
    void commandIsGivenUpAtTheEndOfItsClientsBudget() {
        append(a, true, "SET x 1");
        append(b, true, "SET y 1");

        sweep(BUDGET - 1);
        assertEquals(List.of(), events);
        sweep(BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE"), events);
        assertEquals(1, upstream.count(Counter.UNAVAILABLE));
        assertEquals(1, log.commands());
    }

    @Test
    void everyCommandOfARunGetsItsError() {
        append(a, true, "SET x 1", "SET y 1", "SET z 1");

        sweep(BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE", "a failure UNAVAILABLE", "a failure UNAVAILABLE"), events);
        assertEquals(3, upstream.count(Counter.UNAVAILABLE));
        assertTrue(left().isEmpty());
    }

    @Test
    void transactionGetsOneError() {
        ByteBuf unit = Unpooled.wrappedBuffer(Wire.commands("MULTI", "INCR x", "EXEC"));
        log.appendUnit(a, unit, 0, unit.writerIndex(), 3, 0);

        sweep(BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE"), events);
        assertEquals(1, upstream.count(Counter.UNAVAILABLE), "as many as there were errors");
        assertEquals(0, log.commands());
    }

    @Test
    void whatMayHaveRunIsInDoubtToTheEnd() {
        append(a, true, "SET x 1");
        append(a, false, "GET x");
        loseAll();

        sweep(BUDGET);

        assertEquals(List.of("a failure INDOUBT", "a failure UNAVAILABLE"), events);
        assertEquals(1, upstream.count(Counter.IN_DOUBT));
        assertEquals(1, upstream.count(Counter.UNAVAILABLE));
    }

    @Test
    void laterCommandWaitsForAnEarlierOneOfItsSession() {
        ByteBuf young = Unpooled.wrappedBuffer(Wire.commands("SET x 1"));
        log.append(a, young, 0, young.writerIndex(), 1, true, BUDGET);
        append(a, true, "SET y 1");

        sweep(BUDGET);
        assertEquals(List.of(), events);
        sweep(2 * BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE", "a failure UNAVAILABLE"), events);
    }

    @Test
    void errorThatWaitsForNothingAnyMoreIsDelivered() {
        append(b, true, "SET y 1");
        append(a, true, "SET x 1");
        log.appendError(a, "CURSORLOST x", 0);
        log.appendError(b, "CURSORLOST x", 0);

        sweep(BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE", "a failure CURSORLOST"), events);
    }

    @Test
    void whatIsInFlightIsNotExpired() {
        append(a, true, "SET x 1");
        log.nextUnwritten().release();
        append(a, true, "SET y 1");

        sweep(BUDGET);

        assertEquals(
                List.of("SET"), left(), "its reply may come, and the error of what is behind it must not overtake it");
        assertEquals(List.of(), events);
    }

    @Test
    void heldAndRestoredCommandsKeepTheirAge() {
        append(a, true, "SET x 1");
        List<HeldCommand> held = log.takeAll(0);
        held.forEach(log::restore);

        sweep(BUDGET);

        assertEquals(List.of("a failure UNAVAILABLE"), events);
    }
}
