package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM: nothing new, what is in flight is finished within a bound, then the end. */
@Timeout(30)
class StopIT {
    /** What the JVM gives for SIGTERM. */
    private static final int TERMINATED = 143;

    private RedisServer redis;
    private ProxyProcess proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.started();
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void whatIsInFlightIsFinished() {
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
        try (RawClient busy = proxy.connect();
                RawClient idle = proxy.connect()) {
            assertEquals("PONG", idle.call("PING"));
            assertEquals(1L, busy.call("INCR", "n"));
            redis.pause();
            busy.sendAll(new String[] {"INCR", "n"}, new String[] {"GET", "n"});
            new ProxyPages(proxy).awaitMetric("in_flight", 2);

            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(proxy::stop);
            assertTrue(idle.isClosedByPeer());
            assertThrows(RawClient.ConnectionLost.class, proxy::connect, "nothing new is accepted");
            redis.resume();

            assertEquals(2L, busy.read());
            assertEquals("2", busy.read());
            assertTrue(busy.isClosedByPeer());
            assertEquals(TERMINATED, ended.join());
        }
    }

    @Test
    void theGraceIsBounded() {
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--shutdown-grace", "300ms")
                .start();
        new ProxyPages(proxy).awaitState("up");
        try (RawClient busy = proxy.connect()) {
            assertEquals(1L, busy.call("INCR", "n"));
            redis.pause();
            busy.send("INCR", "n");
            new ProxyPages(proxy).awaitMetric("in_flight", 1);

            assertEquals(TERMINATED, proxy.stop());
            assertTrue(busy.isClosedByPeer());
        }
    }

    @Test
    void withoutRedisItEndsToo() {
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--shutdown-grace", "300ms", "--fallback-enabled", "false")
                .start();
        new ProxyPages(proxy).awaitState("up");
        try (RawClient waiting = proxy.connect()) {
            redis.kill();
            waiting.send("INCR", "n");
            new ProxyPages(proxy).awaitMetric("backlog_commands", 1);

            assertEquals(TERMINATED, proxy.stop());
        }
    }
}
