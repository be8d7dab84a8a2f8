package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of commands that wait when the connection, or Redis, goes away under them. */
@Timeout(60)
class BlockingOutageIT {
    private static RedisServer redis;
    private static CutRelay relay;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        relay = CutRelay.before(redis);
        proxy = ProxyProcess.setup().options("--upstream", relay.uri()).start();
        pages = new ProxyPages(proxy);
    }

    @BeforeEach
    void clear() {
        pages.awaitState("up");
        try (RawClient direct = redis.connect()) {
            direct.call("FLUSHALL");
        }
        awaitBlocked(0);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        relay.close();
        redis.close();
    }

    /** Redis still holds the old one as blocked: UNBLOCK says so, and nothing is popped for it. */
    @Test
    void aWaitGoesOnAfterItsConnectionWasCut() {
        long before = pages.metric("resent_blocking_total");
        try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(20));
                RawClient direct = redis.connect()) {
            client.send("BLPOP", "list", "0");
            awaitBlocked(1);

            relay.cut();
            pages.awaitMetric("resent_blocking_total", before + 1);
            awaitBlocked(1);
            direct.call("RPUSH", "list", "one", "two");

            assertEquals(List.of("list", "one"), client.read());
            assertEquals(List.of("two"), direct.call("LRANGE", "list", "0", "-1"), "nobody else took anything");
            assertEquals("PONG", client.call("PING"));
        }
    }

    @Test
    void aWaitThatMayHaveTakenSomethingIsInDoubt() {
        try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(20));
                RawClient direct = redis.connect()) {
            client.send("BLPOP", "list", "0");
            awaitBlocked(1);

            direct.call("CLIENT", "KILL", "ID", blockedClient(direct));

            assertError("INDOUBT", client.read());
            assertEquals("PONG", client.call("PING"));
        }
    }

    private static String blockedClient(RawClient direct) {
        return direct.call("CLIENT", "LIST")
                .toString()
                .lines()
                .filter(line -> line.contains(" flags=b") || line.contains(" flags=be"))
                .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWaitGoesOnAtTheNextRunOfRedis() {
        try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(30))) {
            client.send("BLPOP", "list", "0");
            awaitBlocked(1);

            redis.restart();
            awaitBlocked(1);

            try (RawClient direct = redis.connect()) {
                direct.call("RPUSH", "list", "element");
            }
            assertEquals(List.of("list", "element"), client.read());
        }
    }

    @Test
    void aTimeOutThatPassesWhileRedisIsAwayIsNilOnTime() {
        try (RawClient held = proxy.connect().timeout(Duration.ofSeconds(10));
                RawClient inFlight = proxy.connect().timeout(Duration.ofSeconds(10))) {
            inFlight.send("BLPOP", "list", "3");
            awaitBlocked(1);
            redis.kill();
            long start = System.nanoTime();
            held.send("BLPOP", "list", "2");

            assertNull(held.read());
            assertNull(inFlight.read());

            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 1_900 && millis < 8_000, millis + " ms");
        } finally {
            redis.start();
        }
    }

    @Test
    void aHeldWaitOutlivesTheHoldBudget() {
        try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(30))) {
            redis.kill();
            client.send("BLPOP", "list", "25");
            Eventually.holdsFor("the outage", Duration.ofSeconds(11), () -> !redis.isRunning());
            redis.start();
            awaitBlocked(1);
            try (RawClient direct = redis.connect()) {
                direct.call("RPUSH", "list", "element");
            }
            assertEquals(List.of("list", "element"), client.read());
        }
    }

    @Test
    void nothingIsTakenForAClientThatLeftDuringTheOutage() {
        RawClient client = proxy.connect();
        client.send("BLPOP", "list", "0");
        awaitBlocked(1);
        redis.kill();
        client.reset();
        redis.start();
        pages.awaitState("up");

        try (RawClient direct = redis.connect()) {
            assertEquals(1L, direct.call("RPUSH", "list", "element"));
            assertEquals(1L, direct.call("LLEN", "list"));
        }
    }

    private static void awaitBlocked(int clients) {
        Eventually.until(
                clients + " blocked clients",
                () -> redis.info("blocked_clients").equals(Integer.toString(clients)));
    }
}
