package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.command.CallPattern;
import dev.redoubt.proxy.command.DeliveryRules;
import dev.redoubt.proxy.command.HoldBudgetRules;
import dev.redoubt.proxy.command.HoldBudgetRules.Rule;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hold budget of a kind of command holds in place of its client's. */
class HoldBudgetRulesInExpiryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final HoldBudgetRules RULES = new HoldBudgetRules(List.of(
            new Rule(new CallPattern("lock:*"), Duration.ofSeconds(1)),
            new Rule(new CallPattern("command=eval"), Duration.ofSeconds(20))));

    private final UpstreamFixture upstream = new UpstreamFixture(
            new ScriptedMemory(),
            UpstreamFixture.TIMINGS,
            null,
            new TableJudge(UpstreamFixture.TABLE, DeliveryRules.NONE, RULES));
    private final CommandLog log = upstream.shared().log();
    private final List<String> events = new ArrayList<>();
    private final RecordingSink a = new RecordingSink("a", events).holdBudgetNanos(10 * SECOND);
    private final RecordingSink b = new RecordingSink("b", events).holdBudgetNanos(10 * SECOND);

    @AfterEach
    void close() {
        upstream.close();
    }

    private void append(RecordingSink sink, String... commands) {
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.append(sink, buf, 0, buf.writerIndex(), commands.length, true, 0);
    }

    private void sweep(long nowNanos) {
        new Expiry(log, upstream.shared().absence(), upstream.server(), nowNanos).sweep();
    }

    @Test
    void shorterOrLongerThanTheClients() {
        append(a, "SET lock:1 x");
        append(b, "EVAL s 0");

        sweep(SECOND);
        assertEquals(List.of("a failure UNAVAILABLE"), events);
        sweep(19 * SECOND);
        assertEquals(1, events.size());
        sweep(20 * SECOND);
        assertEquals("b failure UNAVAILABLE", events.get(1));
    }

    @Test
    void errorOfTheShorterOneDoesNotOvertakeTheLongerOneOfItsClient() {
        append(a, "EVAL s 0");
        append(a, "SET lock:1 x");

        sweep(2 * SECOND);
        assertEquals(List.of(), events);
        sweep(20 * SECOND);

        assertEquals(List.of("a failure UNAVAILABLE", "a failure UNAVAILABLE"), events);
    }

    @Test
    void transactionHasTheShortestOfItsCommands() {
        ByteBuf unit = Unpooled.wrappedBuffer(Wire.commands("MULTI", "GET x", "SET lock:1 x", "EVAL s 0", "EXEC"));
        log.appendUnit(a, unit, 0, unit.writerIndex(), 5, 0);

        sweep(SECOND);

        assertEquals(List.of("a failure UNAVAILABLE"), events);
    }
}
