package dev.redoubt.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.class)
class RedisServerIT {
    @Test
    void keepsPortAndDataWhenKilled(RedisServer redis) {
        String firstRun = redis.info("run_id");
        int port = redis.port();
        set(redis);

        redis.kill();
        assertFalse(redis.isRunning());
        redis.start();

        assertEquals(port, redis.port());
        assertNotEquals(firstRun, redis.info("run_id"));
        assertEquals("value", get(redis));
    }

    @Test
    void killResetsConnections(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            client.call("PING");

            redis.kill();

            assertTrue(client.isClosedByPeer());
            assertThrows(RawClient.ConnectionLost.class, redis::connect);
        }
    }

    @Test
    void keepsDataThroughARestart(RedisServer redis) {
        set(redis);

        redis.restart();

        assertEquals("value", get(redis));
    }

    @Test
    void startsEmptyWhenTold(RedisServer redis) {
        set(redis);

        redis.kill();
        redis.startEmpty();

        assertNull(get(redis));
    }

    @Test
    void answersNothingWhilePaused(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            client.call("PING");

            redis.pause();
            client.timeout(Duration.ofMillis(100)).send("ECHO", "late");
            assertThrows(RawClient.NoReply.class, client::read);
            redis.resume();

            assertEquals("late", client.timeout(Duration.ofSeconds(10)).read());
        }
    }

    @Test
    void endsFromPause(RedisServer redis) {
        redis.pause();

        redis.stop();

        assertFalse(redis.isRunning());
    }

    @Test
    void canComeLater() {
        try (RedisServer redis = RedisServer.absent()) {
            assertThrows(RawClient.ConnectionLost.class, redis::connect);

            redis.start();

            assertTrue(redis.isRunning());
        }
    }

    @Test
    void takesOptions() {
        try (RedisServer redis = RedisServer.started("--requirepass", "secret");
                RawClient client = redis.connect()) {
            assertEquals("NOAUTH", ((RedisError) client.call("GET", "key")).code());
            assertEquals("OK", client.call("AUTH", "secret"));
        }
    }

    @Test
    void saysWhyItDoesNotStart() {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> RedisServer.started("--no-such-option", "yes"));

        assertTrue(failure.getMessage().contains("no-such-option"), failure.getMessage());
    }

    private static void set(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            assertEquals("OK", client.call("SET", "key", "value"));
        }
    }

    private static Object get(RedisServer redis) {
        try (RawClient client = redis.connect()) {
            return client.call("GET", "key");
        }
    }
}
