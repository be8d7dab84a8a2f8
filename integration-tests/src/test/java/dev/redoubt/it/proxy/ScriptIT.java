package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts: one that does not end keeps nobody from hearing that Redis is busy, and a Redis that was started anew knows those that clients have brought. */
@Timeout(60)
class ScriptIT {
    private static final String ENDLESS = "while true do end";
    /** Of "return 'run'". */
    private static final String RUN = "ecf294bc34d49be28b1326ad3fd48f73bd4e7fe3";

    private RedisServer redis;
    private ProxyProcess proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--backlog-hold-budget", "1s")
                .start();
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void scriptThatDoesNotEndLeavesOthersTheBusyErrorAndCanBeKilled() {
        try (RawClient caller = proxy.connect();
                RawClient other = proxy.connect()) {
            other.call("CONFIG", "SET", "lua-time-limit", "10");

            caller.send("EVAL", ENDLESS, "0");

            awaitBusy(other);
            assertEquals("OK", other.call("SCRIPT", "KILL"));
            assertError("ERR", caller.read());
            assertEquals("PONG", other.call("PING"));
            assertEquals("PONG", caller.call("PING"));
            assertError("NOTBUSY", other.call("SCRIPT", "KILL"));
        }
    }

    @Test
    @RequiresRedis("7.0")
    void functionThatDoesNotEndTooCanBeKilled() {
        try (RawClient caller = proxy.connect();
                RawClient other = proxy.connect()) {
            other.call("CONFIG", "SET", "busy-reply-threshold", "10");
            other.call(
                    "FUNCTION",
                    "LOAD",
                    "#!lua name=lib\nredis.register_function('endless', function() " + ENDLESS + " end)");

            caller.send("FCALL", "endless", "0");

            awaitBusy(other);
            assertEquals("OK", other.call("FUNCTION", "KILL"));
            assertError("ERR", caller.read());
            assertEquals("PONG", other.call("PING"));
        }
    }

    private static void awaitBusy(RawClient other) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> String.valueOf(other.call("PING")).contains("BUSY"));
    }

    @Test
    void redisThatWasStartedAnewHasTheScriptsOfBefore() {
        try (RawClient client = proxy.connect()) {
            Object loaded = client.call("SCRIPT", "LOAD", "return 'loaded'");
            assertEquals("run", client.call("EVAL", "return 'run'", "0"));
            redis.restart();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> "loaded".equals(client.call("EVALSHA", String.valueOf(loaded), "0")));
            assertEquals("run", client.call("EVALSHA", RUN, "0"));
        }
    }

    @Test
    void flushBehindTheProxysBackIsCuredAndOneThroughItIsObeyed() {
        try (RawClient client = proxy.connect();
                RawClient direct = redis.connect()) {
            String sha = String.valueOf(client.call("SCRIPT", "LOAD", "return 'loaded'"));
            direct.call("SCRIPT", "FLUSH");

            assertEquals("loaded", client.call("EVALSHA", sha, "0"));
            direct.call("SCRIPT", "FLUSH");
            assertEquals(
                    "loaded",
                    client.call("EVALSHA", sha, "0")); // known to be quick by now, and so on the shared connection
            client.call("SCRIPT", "FLUSH");
            assertError("NOSCRIPT", client.call("EVALSHA", sha, "0"));
        }
    }

    @Test
    void nothingIsCuredInsideATransaction() {
        try (RawClient client = proxy.connect();
                RawClient direct = redis.connect()) {
            String sha = String.valueOf(client.call("SCRIPT", "LOAD", "return 'loaded'"));
            direct.call("SCRIPT", "FLUSH");
            client.call("MULTI");
            client.call("EVALSHA", sha, "0");

            Object result = client.call("EXEC");

            assertTrue(String.valueOf(result).contains("NOSCRIPT"), String.valueOf(result));
        }
    }
}
