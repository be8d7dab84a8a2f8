package dev.redoubt.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis in Docker does what Redis on this machine does. Skipped where there is no Docker, or where it lacks the image. */
class TestcontainersIT {
    @BeforeAll
    static void needsDocker() {
        assumeTrue(DockerRedis.isAvailable(), "needs a Docker daemon, and in a container TESTCONTAINERS_HOST_OVERRIDE");
        assumeTrue(DockerRedis.isImageHere(), "needs the image " + DockerRedis.IMAGE + " in Docker");
    }

    @Test
    void survivesKillAtTheSamePort() {
        try (RedisServer redis = RedisServer.startedFrom(RedisSource.docker())) {
            call(redis, "SET", "key", "value");

            redis.kill();
            assertFalse(redis.isRunning());
            redis.start();

            assertEquals("value", call(redis, "GET", "key"));
        }
    }

    @Test
    void startsEmptyWhenTold() {
        try (RedisServer redis = RedisServer.startedFrom(RedisSource.docker())) {
            call(redis, "SET", "key", "value");

            redis.stop();
            redis.startEmpty();

            assertNull(call(redis, "GET", "key"));
        }
    }

    @Test
    void answersNothingWhilePaused() {
        try (RedisServer redis = RedisServer.startedFrom(RedisSource.docker());
                RawClient client = redis.connect()) {
            client.call("PING");

            redis.pause();
            client.timeout(Duration.ofMillis(100)).send("ECHO", "late");
            assertThrows(RawClient.NoReply.class, client::read);
            redis.resume();

            assertEquals("late", client.timeout(Duration.ofSeconds(10)).read());
        }
    }

    private static Object call(RedisServer redis, String... command) {
        try (RawClient client = redis.connect()) {
            return client.call(command);
        }
    }
}
