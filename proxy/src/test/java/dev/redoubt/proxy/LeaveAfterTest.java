package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.fallback.FallbackSettings;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.log.HeardLines;
import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.upstream.FakeRedis;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.TableJudge;
import dev.redoubt.proxy.upstream.UpstreamFixture;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code fallback.leave-after}: memory does not give way to a Redis that comes and goes. */
class LeaveAfterTest {
    private static final Duration LEAVE_AFTER = Duration.ofSeconds(5);

    private final TestLoop loop = new TestLoop();
    private final FakeRedis redis = new FakeRedis(loop);
    private final HeardLines log = HeardLines.listen();
    private OutageMemory memory;
    private UpstreamServer server;
    private SharedUpstream shared;

    @BeforeEach
    void useRedis() {
        Lane lane = loop.lane();
        FlightRecorder recorder =
                new FlightRecorder(FallbackSettings.DEFAULTS, lane.clock(), new KeysOf(UpstreamFixture.TABLE));
        MemoryStore store = new MemoryStore(FallbackSettings.DEFAULTS, lane.clock(), new Random(1), recorder);
        memory = new OutageMemory(lane, store, recorder, UpstreamFixture.TABLE, true, LEAVE_AFTER);
        server = new UpstreamServer(
                lane,
                redis,
                UpstreamFixture.TIMINGS,
                null,
                new UpstreamServer.Hooks(new TableJudge(UpstreamFixture.TABLE), memory, memory),
                new Counters());
        memory.attach(server);
        redis.answer(command -> "$5\r\nredis\r\n");
        server.start();
        loop.run();
        shared = server.shared(server.defaultKey(0, 2));
        ByteBuf get = Unpooled.wrappedBuffer(Wire.commands("GET k"));
        shared.submit(new RecordingSink(), get, 0, get.writerIndex(), 1, false);
        loop.run();
        assertTrue(shared.isForwarding());
        log.take();
    }

    @AfterEach
    void close() {
        log.close();
        server.close();
        loop.run();
    }

    private boolean memoryAnswers() {
        ByteBuf out = Unpooled.buffer();
        return memory.answer(shared.key(), new byte[][] {Wire.bytes("GET"), Wire.bytes("k")}, out);
    }

    private void outage() {
        redis.goAway();
        loop.advanceMillis(1_000);
        assertTrue(memoryAnswers());
    }

    private long lines(String text) {
        return log.take().stream().filter(line -> line.contains(text)).count();
    }

    @Test
    void memoryAnswersUntilRedisHasBeenBackForSoLong() {
        outage();
        redis.comeBack();
        loop.advanceMillis(4_900);
        assertTrue(memoryAnswers());
        assertFalse(shared.isForwarding());

        loop.advanceMillis(400);

        assertFalse(memoryAnswers());
        assertTrue(shared.isForwarding());
    }

    @Test
    void redisThatGoesAgainMeanwhileHasToBeBackForSoLongAnew() {
        outage();
        for (int i = 0; i < 3; i++) {
            redis.comeBack();
            loop.advanceMillis(4_000);
            assertTrue(memoryAnswers());
            redis.goAway();
            loop.advanceMillis(500);
            assertTrue(memoryAnswers());
        }
        assertEquals(1, lines("Memory answers what it can"), "it has never ended");

        redis.comeBack();
        loop.advanceMillis(4_900);
        assertTrue(memoryAnswers());
        loop.advanceMillis(400);

        assertFalse(memoryAnswers());
        assertTrue(shared.isForwarding());
        assertEquals(1, lines("memory answers no more"));
    }

    @Test
    void outageThatMemoryHadNoPartInIsOverAtOnce() {
        redis.goAway();
        loop.advanceMillis(500);
        redis.comeBack();
        loop.advanceMillis(400);

        assertTrue(shared.isForwarding());
        assertFalse(memoryAnswers());
    }
}
