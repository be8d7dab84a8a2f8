package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises 2 and 3: Redis goes away and comes back under load, and no client notices more than a pause. No error on reads and plain SETs, every INCR counted once or answered INDOUBT, every
 * acknowledged SET there, no client connection closed.
 */
@Timeout(60)
class RestartUnderLoadIT {
    /** Jedis waits 2 s for a reply, and so the proxy holds for 1.6 s: Redis has to answer again 1.5 s after it went. */
    private static final Duration SHORT = Duration.ofMillis(1_300);

    private static final Duration LONG = Duration.ofSeconds(3);

    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        pages = new ProxyPages(proxy);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void killedAndBackBeforeJedisGivesUp() {
        try (Load load = Load.of(proxy, pages, Library.JEDIS, Library.LETTUCE, Library.RAW)) {
            redis.kill();
            isAwayFor(SHORT);
            redis.start();

            load.awaitProgress();
            load.verify(redis);
        }
    }

    @Test
    void killedAndBackAfterThreeSeconds() {
        try (Load load = Load.of(proxy, pages, Library.LETTUCE, Library.RAW)) {
            redis.kill();
            isAwayFor(LONG);
            redis.start();

            load.awaitProgress();
            load.verify(redis);
        }
    }

    @Test
    void stoppedInOrderAndStartedAgain() {
        try (Load load = Load.of(proxy, pages, Library.LETTUCE, Library.RAW)) {
            redis.stop();
            isAwayFor(LONG);
            redis.start();

            load.awaitProgress();
            load.verify(redis);
        }
    }

    @Test
    void aStallIsNoLoss() {
        try (Load load = Load.of(proxy, pages, Library.LETTUCE, Library.RAW)) {
            redis.pause();
            isAwayFor(LONG);
            redis.resume();

            load.awaitProgress();
            load.verify(redis);
            assertEquals(0, load.inDoubt(), "a stalled connection answers in the end");
        }
    }

    @Test
    void aKilledConnectionIsReplacedAtOnce() {
        try (Load load = Load.of(proxy, pages, Library.JEDIS, Library.LETTUCE, Library.RAW)) {
            for (String id : Connections.ids(redis, "redoubt-data")) {
                try (RawClient direct = redis.connect()) {
                    assertEquals(1L, direct.call("CLIENT", "KILL", "ID", id));
                }
            }

            load.awaitProgress();
            load.verify(redis);
        }
    }

    private static void isAwayFor(Duration time) {
        Eventually.holdsFor("the proxy's process", time, proxy::isRunning);
    }
}
