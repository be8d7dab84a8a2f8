package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Redis refuses commands for its state: without enough replicas, as a replica, and while a script runs. */
@Timeout(40)
class RefusedIT {
    private static final String ENDLESS = "while true do end";

    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;
    private static RawClient direct;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        pages = new ProxyPages(proxy);
        direct = redis.connect();
    }

    @AfterEach
    void inOrder() {
        direct.call("CONFIG", "SET", "min-replicas-to-write", "0");
        direct.call("REPLICAOF", "NO", "ONE");
        direct.call("FLUSHALL");
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxy.close();
        redis.close();
    }

    @Test
    void withoutEnoughReplicasWritesWaitAndReadsDoNot() {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            client.call("SET", "n", "1");
            direct.call("CONFIG", "SET", "min-replicas-to-write", "1");
            client.sendAll(words("INCR n"), words("INCR n"), words("GET n"));
            pages.awaitMetric("resent_refused_total", 1);
            assertEquals("1", other.call("GET", "n"));

            direct.call("CONFIG", "SET", "min-replicas-to-write", "0");

            assertEquals(2L, client.read());
            assertEquals(3L, client.read());
            assertEquals("3", client.read());
        }
    }

    @Test
    void transactionWaitsAsAWhole() {
        try (RawClient client = proxy.connect()) {
            client.call("PING");
            direct.call("CONFIG", "SET", "min-replicas-to-write", "1");
            long before = pages.metric("resent_refused_total");
            client.sendAll(words("MULTI"), words("INCR n"), words("INCR m"), words("EXEC"));
            Eventually.until("it is refused again", () -> pages.metric("resent_refused_total") > before);

            direct.call("CONFIG", "SET", "min-replicas-to-write", "0");

            assertEquals("OK", client.read());
            assertEquals("QUEUED", client.read());
            assertEquals("QUEUED", client.read());
            assertEquals(List.of(1L, 1L), client.read());
        }
    }

    @Test
    void whileAScriptRunsCommandsWait() {
        direct.call("CONFIG", "SET", "lua-time-limit", "50");
        try (RawClient client = proxy.connect();
                RawClient busy = redis.connect()) {
            client.call("SET", "n", "1");
            long before = pages.metric("resent_refused_total");
            busy.send("EVAL", ENDLESS, "0");
            Eventually.until("it is busy", () -> direct.call("PING").toString().contains("BUSY"));
            client.send("INCR", "n");
            Eventually.until("INCR is refused again", () -> pages.metric("resent_refused_total") > before);

            direct.call("SCRIPT", "KILL");

            assertEquals(2L, client.read());
        }
    }

    @Test
    void whoIsToldOfAScriptThatDoesNotEndCanKillIt() {
        direct.call("CONFIG", "SET", "lua-time-limit", "50");
        try (ProxyProcess fresh = ProxyProcess.before(redis);
                RawClient client = fresh.connect();
                RawClient caller = fresh.connect()) {
            client.call("SET", "n", "1");
            caller.send("EVAL", ENDLESS, "0");
            Eventually.until("it is busy", () -> direct.call("PING").toString().contains("BUSY"));

            assertError("BUSY", client.call("INCR", "n"));
            assertEquals(
                    0, new ProxyPages(fresh).metric("expired_in_backlog_total"), "before the end of the hold budget");

            assertEquals("OK", client.call("SCRIPT", "KILL"));
            assertError("ERR", caller.read());
            assertEquals(2L, client.call("INCR", "n"));
        }
    }

    @Test
    void whatHasAConnectionOfItsOwnWaitsToo() {
        try (RawClient blocked = proxy.connect()) {
            assertEquals("PONG", blocked.call("PING"));
            assertEquals(1L, direct.call("RPUSH", "list", "x"));
            long before = pages.metric("resent_refused_total");
            direct.call("CONFIG", "SET", "min-replicas-to-write", "1");
            blocked.send("BLPOP", "list", "0");
            Eventually.until("it is refused again", () -> pages.metric("resent_refused_total") > before + 1);

            direct.call("CONFIG", "SET", "min-replicas-to-write", "0");

            assertEquals(List.of("list", "x"), blocked.read());
        }
    }

    /** Redis ends all that waits when it becomes a replica: {@code disconnectAllBlockedClients}. */
    @Test
    void whatWaitsOutlivesItsPrimarysTimeAsAReplica() {
        try (RawClient blocked = proxy.connect()) {
            assertEquals("PONG", blocked.call("PING"));
            blocked.send("BLPOP", "list", "0");
            Eventually.until("it waits", () -> ((String) direct.call("INFO", "clients")).contains("blocked_clients:1"));
            direct.call("REPLICAOF", "127.0.0.1", "1");
            pages.awaitState("holding");
            direct.call("REPLICAOF", "NO", "ONE");
            Eventually.until("it waits", () -> ((String) direct.call("INFO", "clients")).contains("blocked_clients:1"));

            assertEquals(1L, direct.call("RPUSH", "list", "x"));

            assertEquals(List.of("list", "x"), blocked.read());
        }
    }

    @Test
    void primaryThatBecomesAReplicaIsLeftUntilItIsOneAgain() {
        try (RawClient client = proxy.connect()) {
            client.call("SET", "n", "1");
            long lost = pages.metric("reconnects_total");
            direct.call("REPLICAOF", "127.0.0.1", "1");
            client.send("INCR", "n");
            pages.awaitState("holding");

            direct.call("REPLICAOF", "NO", "ONE");

            assertEquals(2L, client.read());
            assertEquals(lost + 1, pages.metric("reconnects_total"));
            assertEquals(0, pages.metric("in_doubt_total"));
        }
    }

    @Test
    void replicaThatIsCutOffFromItsPrimaryIsLeftToo() {
        try (RawClient client = proxy.connect()) {
            client.call("SET", "k", "v");
            direct.call("CONFIG", "SET", "replica-serve-stale-data", "no");
            direct.call("REPLICAOF", "127.0.0.1", "1");
            assertError("MASTERDOWN", direct.call("GET", "k"));
            client.send("GET", "k");
            pages.awaitState("holding");

            direct.call("REPLICAOF", "NO", "ONE");

            assertEquals("v", client.read());
        } finally {
            direct.call("CONFIG", "SET", "replica-serve-stale-data", "yes");
        }
    }

    @Test
    void replicaFromTheStartSaysSoItself() {
        direct.call("REPLICAOF", "127.0.0.1", "1");
        try (ProxyProcess fresh = ProxyProcess.before(redis);
                RawClient client = fresh.connect()) {
            new ProxyPages(fresh).awaitState("up");

            assertError("READONLY", client.call("INCR", "n"));
        }
    }

    @Test
    void scriptThatFailsInTheMiddleIsAnswered() {
        direct.call("CONFIG", "SET", "min-replicas-to-write", "1");
        try (RawClient client = proxy.connect()) {
            assertError("NOREPLICAS", client.call("EVAL", "return redis.pcall('set', KEYS[1], '1')", "1", "k"));
        }
    }

    private static String[] words(String command) {
        return command.split(" ");
    }
}
