package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that wait at Redis do so on a connection of their own: nobody waits with them, and nothing is taken for a client that has left. */
@Timeout(30)
class BlockingIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        redis = RedisServer.started("--repl-diskless-sync-delay", "0");
        proxy = ProxyProcess.before(redis);
        pages = new ProxyPages(proxy);
        pages.awaitState("up");
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

    @Test
    void aBlockedClientIsWokenAndNobodyWaitsWithIt() {
        List<RawClient> blocked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawClient client = proxy.connect();
            client.send("BLPOP", "list", "0");
            blocked.add(client);
        }
        awaitBlocked(50);

        try (RawClient other = proxy.connect()) {
            for (int i = 0; i < 50; i++) {
                assertEquals("PONG", other.call("PING"));
                assertEquals(1L, other.call("RPUSH", "list", "element-" + i));
            }
            assertEquals(0L, other.call("EXISTS", "list"));
        }
        for (RawClient client : blocked) {
            assertTrue(((List<?>) client.read()).get(1).toString().startsWith("element-"));
            client.close();
        }
        Eventually.until("all leases given back", () -> pages.metric("leases") == 0);
    }

    @Test
    void aClientSeesItsOwnEarlierWrites() {
        try (RawClient client = proxy.connect()) {
            for (int i = 0; i < 100; i++) {
                client.sendAll(
                        new String[] {"RPUSH", "own", "a", "b"},
                        new String[] {"BLPOP", "own", "0"},
                        new String[] {"LPOP", "own"});
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(2L, client.read());
                assertEquals(List.of("own", "a"), client.read());
                assertEquals("b", client.read());
            }
        }
    }

    @Test
    void theTimeOutIsTheClients() {
        try (RawClient client = proxy.connect().timeout(Duration.ofSeconds(5))) {
            assertNull(client.call("BLPOP", "nothing", "0.2"));
            assertNull(client.call("XREAD", "BLOCK", "200", "STREAMS", "nothing", "$"));
            assertEquals("PONG", client.call("PING"));
        }
    }

    @Test
    void nothingIsTakenForAClientThatHasLeft() {
        RawClient resets = proxy.connect();
        RawClient closes = proxy.connect();
        resets.send("BLPOP", "list", "0");
        closes.send("BLPOP", "list", "0");
        awaitBlocked(2);

        resets.reset();
        closes.close();
        awaitBlocked(0);

        try (RawClient other = proxy.connect()) {
            assertEquals(2L, other.call("RPUSH", "list", "one", "two"));
            assertEquals(List.of("one", "two"), other.call("LRANGE", "list", "0", "-1"));
        }
    }

    @Test
    void whatFollowsABlockingCommandComesAfterIt() {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            client.sendAll(
                    new String[] {"BLPOP", "list", "0"}, new String[] {"SET", "after", "1"}, new String[] {"PING"});
            awaitBlocked(1);
            assertEquals(0L, other.call("EXISTS", "after"));
            other.call("RPUSH", "list", "element");

            assertEquals(List.of("list", "element"), client.read());
            assertEquals("OK", client.read());
            assertEquals("PONG", client.read());
        }
    }

    /** On a connection that wrote nothing Redis answers with the number of replicas, however far behind they are. */
    @Test
    void waitCountsReplicasThatHaveTheClientsWrites() {
        String primary = redis.host() + " " + redis.port();
        try (RedisServer replica = RedisServer.started("--replicaof", primary);
                RawClient client = proxy.connect()) {
            Eventually.until(
                    "the replica", () -> replica.info("master_link_status").equals("up"));
            assertEquals("OK", client.call("SET", "k", "1"));
            assertEquals(1L, client.call("WAIT", "1", "5000"));

            replica.pause();
            assertEquals("OK", client.call("SET", "k", "2"));
            assertEquals(0L, client.call("WAIT", "1", "300"));

            replica.resume();
            assertEquals(1L, client.call("WAIT", "1", "5000"));
        }
    }

    /** Each kind takes what another client brings, and counts as one blocked client meanwhile. */
    @ParameterizedTest
    @RequiresRedis("7.0")
    @CsvSource(delimiterString = "=>", textBlock = """
            BLPOP k 0                       => RPUSH k e           => [k, e]
            BRPOP k other 0                 => RPUSH k e           => [k, e]
            BLMOVE k to LEFT RIGHT 0        => RPUSH k e           => e
            BRPOPLPUSH k to 0               => RPUSH k e           => e
            BLMPOP 0 1 k LEFT               => RPUSH k e           => [k, [e]]
            BZPOPMIN k 0                    => ZADD k 1 e          => [k, e, 1]
            BZPOPMAX k 0                    => ZADD k 1 e          => [k, e, 1]
            BZMPOP 0 1 k MIN                => ZADD k 1 e          => [k, [[e, 1]]]
            XREAD BLOCK 0 STREAMS k $       => XADD k 1-1 f v      => [[k, [[1-1, [f, v]]]]]
            XREADGROUP GROUP g c BLOCK 0 STREAMS stream > => XADD stream 2-1 f v => [[stream, [[2-1, [f, v]]]]]
            """)
    void everyKindOfWait(String wait, String bring, String taken) {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            other.call("XGROUP", "CREATE", "stream", "g", "0", "MKSTREAM");
            client.send(wait.split(" "));
            awaitBlocked(1);
            assertEquals("PONG", other.call("PING"), "nobody waits with it");

            other.call(bring.split(" "));

            assertEquals(taken, String.valueOf(client.read()));
        }
    }

    @Test
    void insideMultiNothingWaits() {
        try (RawClient client = proxy.connect()) {
            client.call("MULTI");
            client.call("BLPOP", "nothing", "0");
            client.call("XREAD", "BLOCK", "0", "STREAMS", "nothing", "$");
            client.call("BZPOPMIN", "nothing", "0");

            assertEquals(Arrays.asList(null, null, null), client.call("EXEC"));
        }
    }

    @Test
    void leasesRunOutWithAStableError() {
        try (ProxyProcess small = ProxyProcess.setup()
                        .upstream(redis)
                        .options("--leases-max", "2")
                        .start();
                RawClient one = small.connect();
                RawClient two = small.connect();
                RawClient three = small.connect()) {
            ProxyPages smallPages = new ProxyPages(small);
            smallPages.awaitState("up");
            one.send("BLPOP", "list", "0");
            two.call("WATCH", "k");
            awaitBlocked(1);

            assertError("UNAVAILABLE", three.call("BLPOP", "list", "1"));
            assertError("UNAVAILABLE", three.call("WATCH", "k"));

            assertEquals(2, smallPages.metric("leases_spent_total"));
            assertEquals(1, smallPages.metric("leases_held{reason=\"blocking\"}"));
            assertEquals(1, smallPages.metric("leases_held{reason=\"watch\"}"));
            String health = smallPages.health();
            assertTrue(health.contains("\"leases\":{\"held\":2,\"max\":2,\"oldest\":[{\"client\":"), health);
            assertTrue(health.contains("\"reason\":\"blocking\"") && health.contains("\"reason\":\"watch\""), health);
            two.call("UNWATCH");
            assertNull(three.call("BLPOP", "list", "0.05"), "there is one again");
        }
    }

    private static void awaitBlocked(int clients) {
        Eventually.until(
                clients + " blocked clients",
                () -> redis.info("blocked_clients").equals(Integer.toString(clients)));
    }
}
