package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions: whole or not at all, on the shared connection; with WATCH on one of their own. */
@Timeout(30)
class TransactionIT {
    private static final int CLIENTS = 10;
    private static final int ROUNDS = 50;

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @BeforeEach
    void clear() {
        try (RawClient direct = redis.connect()) {
            direct.call("FLUSHALL");
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @ParameterizedTest(name = "[{index}]")
    @RequiresRedis("7.0")
    @ValueSource(strings = {"""
                MULTI
                SET k v
                INCR counter
                GET k
                PING
                EXEC
                GET k
                """, """
                EXEC
                DISCARD
                MULTI
                MULTI
                WATCH k
                SET k v
                EXEC
                MULTI
                EXEC
                MULTI
                SET k w
                DISCARD
                GET k
                """, """
                MULTI
                SET k
                SET k v
                EXEC
                GET k
                MULTI
                EXEC extra
                EXEC
                """, """
                SET k v
                MULTI
                INCR k
                SET k w
                LPUSH k x
                EXEC
                GET k
                """, """
                MULTI
                SELECT 3
                SET k three
                EXEC
                GET k
                SELECT 0
                GET k
                """, """
                MULTI
                BLPOP list 0
                EXEC
                """, """
                MULTI
                SET k v
                RESET
                EXEC
                GET k
                """, """
                WATCH k
                SET k mine
                MULTI
                GET k
                EXEC
                WATCH k
                UNWATCH
                SET k again
                WATCH k
                MULTI
                SET k twice
                DISCARD
                MULTI
                SET k thrice
                EXEC
                GET k
                """, """
                MULTI
                HGETALL h
                INCRBYFLOAT f 1.5
                EXEC
                WATCH k
                MULTI
                HSET h f v
                HGETALL h
                EXEC
                """, """
                WATCH k
                MULTI
                SELECT 1
                CLIENT SETNAME me
                CLIENT GETNAME
                SET k one
                EXEC
                CLIENT GETNAME
                GET k
                SELECT 0
                GET k
                """, """
                WATCH
                WATCH k
                MULTI x
                MULTI
                DISCARD x
                EXEC
                GET k
                UNWATCH x
                EXEC x
                UNWATCH
                """, """
                WATCH k
                SELECT 2
                SET k two
                MULTI
                GET k
                EXEC
                GET k
                """, """
                CLIENT SETNAME me
                MULTI
                CLIENT GETNAME
                CLIENT SETNAME you
                SELECT 99
                EXEC
                CLIENT GETNAME
                """})
    void asRedisSaysIt(String text) {
        Conversation.of(text).isTheSame(redis, proxy);
    }

    @Test
    void transactionsOfManyClientsDoNotMix() {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(proxy.connect());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (RawClient client : clients) {
                client.sendAll(
                        new String[] {"MULTI"},
                        new String[] {"INCR", "steps"},
                        new String[] {"INCR", "steps"},
                        new String[] {"EXEC"});
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (RawClient client : clients) {
                assertEquals("OK", client.read());
                assertEquals("QUEUED", client.read());
                assertEquals("QUEUED", client.read());
                List<?> steps = (List<?>) client.read();
                assertEquals((Long) steps.get(0) + 1, steps.get(1), "nobody counted in between");
            }
        }
        assertEquals(Long.toString(2L * CLIENTS * ROUNDS), clients.get(0).call("GET", "steps"));
        assertEquals(1, Connections.ids(redis, "redoubt-data-db0-resp2").size());
        clients.forEach(RawClient::close);
    }

    @Test
    void noConnectionIsOpenedForATransaction() {
        try (RawClient client = proxy.connect()) {
            everyKindOfTransaction(client);
            long before = Long.parseLong(redis.info("total_connections_received"));

            for (int i = 0; i < ROUNDS; i++) {
                everyKindOfTransaction(client);
            }

            long own = 1; // INFO's
            assertEquals(before + own, Long.parseLong(redis.info("total_connections_received")));
        }
    }

    private static void everyKindOfTransaction(RawClient client) {
        client.call("MULTI");
        client.call("INCR", "n");
        assertEquals(1, ((List<?>) client.call("EXEC")).size());
        client.call("WATCH", "k");
        client.call("MULTI");
        assertEquals(List.of(), client.call("EXEC"));
        client.call("WATCH", "k");
        client.call("MULTI");
        assertEquals("OK", client.call("DISCARD"));
        client.call("WATCH", "k");
        assertEquals("OK", client.call("UNWATCH"));
        client.call("MULTI");
        client.call("SELECT", "1");
        client.call("SELECT", "0");
        assertEquals(List.of("OK", "OK"), client.call("EXEC"));
        client.call("BLPOP", "nothing", "0.001");
    }

    @Test
    void aChangeByAnotherClientIsSeen() {
        try (RawClient watcher = proxy.connect();
                RawClient other = proxy.connect()) {
            watcher.call("SET", "k", "1");
            watcher.call("WATCH", "k");
            assertEquals("1", watcher.call("GET", "k"));
            other.call("SET", "k", "2");

            watcher.call("MULTI");
            watcher.call("SET", "k", "lost update");

            assertNull(watcher.call("EXEC"));
            assertEquals("2", watcher.call("GET", "k"));
        }
    }

    @Test
    void optimisticCountersLoseNothing() {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(proxy.connect());
        }
        clients.get(0).call("SET", "n", "0");
        int[] left = new int[CLIENTS];
        Arrays.fill(left, 5);
        for (int tries = 0; Arrays.stream(left).sum() > 0 && tries < 1_000; tries++) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).call(left[i] > 0 ? "WATCH" : "EXISTS", "n");
            }
            for (int i = 0; i < CLIENTS; i++) {
                left[i] -= left[i] > 0 && increments(clients.get(i)) ? 1 : 0;
            }
        }
        assertEquals(Integer.toString(5 * CLIENTS), clients.get(0).call("GET", "n"));
        clients.forEach(RawClient::close);
    }

    private static boolean increments(RawClient client) {
        long next = Long.parseLong((String) client.call("GET", "n")) + 1;
        client.call("MULTI");
        client.call("SET", "n", Long.toString(next));
        return client.call("EXEC") != null;
    }

    @Test
    void aWatchThatWasLostWithItsConnectionMakesExecNil() {
        try (RawClient client = proxy.connect()) {
            client.call("WATCH", "k");
            client.call("MULTI");
            client.call("SET", "k", "not watched any more");
            redis.restart();

            assertNull(client.call("EXEC"));
            assertNull(client.call("GET", "k"));
            assertEquals("OK", client.call("WATCH", "k"));
            client.call("MULTI");
            client.call("SET", "k", "fine");
            assertEquals(List.of("OK"), client.call("EXEC"));
        }
    }

    @Test
    void anUnsentTransactionWaitsForRedis() {
        try (RawClient client = proxy.connect()) {
            redis.kill();
            client.sendAll(
                    new String[] {"MULTI"}, new String[] {"INCR", "k"}, new String[] {"INCR", "k"}, new String[] {"EXEC"
                    });
            assertEquals("OK", client.read());
            assertEquals("QUEUED", client.read());
            assertEquals("QUEUED", client.read());
            redis.start();

            assertEquals(List.of(1L, 2L), client.read());
        }
    }

    @Test
    void whatOnlyRedisCanRefuseShowsAtExec() {
        try (RawClient client = proxy.connect()) {
            Eventually.tableIsRead(client);
            client.call("MULTI");
            assertError("ERR", client.call("NOSUCHCOMMAND"));
            assertError("EXECABORT", client.call("EXEC"));

            client.call("MULTI");
            assertEquals("QUEUED", client.call("CONFIG", "SET", "no-such-parameter", "1"));
            List<?> replies = (List<?>) client.call("EXEC");

            assertError("ERR", replies.get(0));
        }
    }
}
