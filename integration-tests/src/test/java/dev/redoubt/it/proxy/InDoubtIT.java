package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that had gone out when Redis died. They are sent while Redis is paused, so that whether it has read them is certain, and unknown to the proxy. */
@Timeout(30)
class InDoubtIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        pages = new ProxyPages(proxy);
    }

    @BeforeEach
    void up() {
        pages.awaitState("up");
        try (RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("MSET", "n", "1", "k", "before"));
            client.call("DEL", "list");
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void whatAddsUpIsNotRepeatedAndTheClientIsTold() {
        try (RawClient client = proxy.connect()) {
            sendAndKill(client, "INCR n");
            assertError("INDOUBT", client.read());
            redis.start();

            assertEquals("1", client.call("GET", "n"));
        }
    }

    @Test
    void readsAndPlainWritesAreRepeated() {
        try (RawClient client = proxy.connect()) {
            sendAndKill(client, "GET n", "SET k after", "GET k", "MGET k n");
            redis.start();

            assertEquals("1", client.read());
            assertEquals("OK", client.read());
            assertEquals("after", client.read());
            assertEquals(List.of("after", "1"), client.read());
        }
    }

    /** Redis may have run both; then a second run of the first would be answered by the second's work. */
    @Test
    void aReadIsNotRepeatedIfItsClientWroteTheSameKeyBehindIt() {
        try (RawClient client = proxy.connect()) {
            sendAndKill(client, "GET k", "GET n", "SET k after", "GET k");
            redis.start();

            assertError("UNAVAILABLE", client.read());
            assertEquals("1", client.read());
            assertEquals("OK", client.read());
            assertEquals("after", client.read());
        }
    }

    @Test
    void repliesKeepTheirOrderWhereSomeAreRepeatedAndSomeAreNot() {
        try (RawClient client = proxy.connect()) {
            sendAndKill(client, "SET k after", "INCR n", "GET k", "RPUSH list x", "GET n");
            redis.start();

            assertEquals("OK", client.read());
            assertError("INDOUBT", client.read());
            assertEquals("after", client.read());
            assertError("INDOUBT", client.read());
            assertEquals("1", client.read());
        }
    }

    @Test
    void aTransactionIsAsItsWorstMember() {
        try (RawClient harmless = proxy.connect();
                RawClient counting = proxy.connect()) {
            redis.pause();
            harmless.sendAll(words("MULTI"), words("SET k after"), words("GET k"), words("EXEC"));
            counting.sendAll(words("MULTI"), words("INCR n"), words("EXEC"));
            pages.awaitMetric("in_flight", 2);
            redis.kill();
            for (int i = 0; i < 3; i++) {
                harmless.read();
            }
            assertEquals("OK", counting.read());
            assertEquals("QUEUED", counting.read());
            assertError("INDOUBT", counting.read());
            redis.start();

            Object exec = harmless.read();
            assertEquals(List.of("OK", "after"), exec);
            assertEquals("1", counting.call("GET", "n"));
        }
    }

    @Test
    void aStalledCommandIsAnsweredInTheEnd() {
        try (RawClient client = proxy.connect()) {
            redis.pause();
            client.sendAll(words("INCR n"), words("SET k after"));
            pages.awaitState("fallback");
            redis.resume();

            assertEquals(2L, client.read());
            assertEquals("OK", client.read());
        }
    }

    private static void sendAndKill(RawClient client, String... commands) {
        redis.pause();
        String[][] all = new String[commands.length][];
        for (int i = 0; i < commands.length; i++) {
            all[i] = words(commands[i]);
        }
        client.sendAll(all);
        pages.awaitMetric("in_flight", commands.length);
        redis.kill();
    }

    private static String[] words(String command) {
        return command.split(" ");
    }
}
