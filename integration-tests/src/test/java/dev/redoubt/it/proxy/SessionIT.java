package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client has a session of its own: what it says about itself changes nobody else, and sounds as Redis would have said it. */
@Timeout(30)
class SessionIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @ParameterizedTest(name = "[{index}]")
    @RequiresRedis("7.0")
    @ValueSource(strings = {"""
                PING
                PING hello
                PING a b
                ECHO hello
                ECHO
                SET k v
                GET k
                INCR k
                NOSUCHCOMMAND a b
                GET
                CLIENT
                CLIENT NOSUCH
                QUIT
                """, """
                CLIENT GETNAME
                CLIENT SETNAME worker-1
                CLIENT GETNAME
                CLIENT SETNAME with\nnewline
                CLIENT GETNAME
                CLIENT NO-EVICT ON
                CLIENT NO-EVICT off
                CLIENT NO-EVICT maybe
                RESET
                CLIENT GETNAME
                """, """
                SET k zero
                SELECT 1
                GET k
                SET k one
                SELECT 0
                GET k
                SELECT 1
                GET k
                SELECT 16
                SELECT -1
                SELECT x
                SELECT 99999999999
                GET k
                RESET
                GET k
                """, """
                HELLO 4
                HELLO x
                HELLO 2 SETNAME
                HELLO 3 NOSUCH
                HSET h f v
                HGETALL h
                GET nothing
                """, """
                AUTH secret
                AUTH nobody secret
                AUTH a b c
                AUTH
                HELLO 3 AUTH nobody secret
                PING
                """})
    void asRedisSaysIt(String text) {
        Conversation.of(text).isTheSame(redis, proxy);
    }

    @Test
    void helloChangesTheVersionOfThisClientOnly() {
        try (RawClient three = proxy.connect();
                RawClient two = proxy.connect()) {
            Map<?, ?> greeting = (Map<?, ?>) three.call("HELLO", "3", "SETNAME", "third");

            assertEquals(3L, greeting.get("proto"));
            assertEquals(redis.info("redis_version"), greeting.get("version"));
            assertEquals("third", three.call("CLIENT", "GETNAME"));
            three.call("HSET", "hash", "field", "value");
            assertEquals(Map.of("field", "value"), three.call("HGETALL", "hash"));
            assertEquals(List.of("field", "value"), two.call("HGETALL", "hash"));
            assertNull(two.call("CLIENT", "GETNAME"));

            three.call("HELLO", "2");
            assertEquals(List.of("field", "value"), three.call("HGETALL", "hash"));
        }
    }

    @Test
    void itComesBackWholeAfterARestart() {
        try (RawClient client = proxy.connect();
                RawClient other = proxy.connect()) {
            assertTrue(client.call("HELLO", "3") instanceof Map);
            assertEquals("OK", client.call("CLIENT", "SETNAME", "worker-7"));
            assertEquals("OK", client.call("SELECT", "5"));
            assertEquals(1L, client.call("HSET", "whole", "f", "five"));

            redis.restart();

            assertEquals(Map.of("f", "five"), client.call("HGETALL", "whole"));
            assertEquals("worker-7", client.call("CLIENT", "GETNAME"));
            assertEquals(0L, other.call("EXISTS", "whole"), "of database 0");
        }
    }

    @Test
    void everyClientHasAnIdOfItsOwn() {
        try (RawClient one = proxy.connect();
                RawClient two = proxy.connect()) {
            Object id = one.call("CLIENT", "ID");

            assertEquals(id, one.call("CLIENT", "ID"));
            assertNotEquals(id, two.call("CLIENT", "ID"));
        }
    }

    @Test
    void libraryNamesAreAccepted() {
        try (RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("CLIENT", "SETINFO", "lib-name", "some-library"));
            assertEquals("OK", client.call("CLIENT", "SETINFO", "LIB-VER", "1.2.3"));
        }
    }

    @Test
    void clientReplyOffSilencesThisClientOnly() {
        try (RawClient silent = proxy.connect();
                RawClient other = proxy.connect()) {
            silent.sendAll(
                    new String[] {"CLIENT", "REPLY", "OFF"},
                    new String[] {"SET", "silent", "1"},
                    new String[] {"CLIENT", "REPLY", "ON"},
                    new String[] {"GET", "silent"});

            assertEquals("OK", silent.read());
            assertEquals("1", silent.read());
            assertEquals("1", other.call("GET", "silent"));
        }
    }

    /** Read from a client of either protocol, so that each command's reply, or its absence, has its place. */
    @Test
    void repliesAreSwallowedInTheMiddleOfPipelinesWithoutALease() {
        long opened = new ProxyPages(proxy).metric("leases_opened_total");
        try (RawClient client = proxy.connect()) {
            for (int i = 0; i < 100; i++) {
                client.sendAll(
                        new String[] {"SET", "n", Integer.toString(i)},
                        new String[] {"CLIENT", "REPLY", "SKIP"},
                        new String[] {"GET", "n"},
                        new String[] {"GET", "n"},
                        new String[] {"CLIENT", "REPLY", "OFF"},
                        new String[] {"INCR", "n"},
                        new String[] {"ECHO", "x"},
                        new String[] {"NOSUCH"},
                        new String[] {"CLIENT", "REPLY", "ON"},
                        new String[] {"GET", "n"});
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("OK", client.read());
                assertEquals(Integer.toString(i), client.read());
                assertEquals("OK", client.read());
                assertEquals(Integer.toString(i + 1), client.read());
            }
        }
        assertEquals(opened, new ProxyPages(proxy).metric("leases_opened_total"));
    }

    @Test
    void quitAnswersWhatIsPendingAndCloses() {
        try (RawClient client = proxy.connect()) {
            client.sendAll(new String[] {"SET", "k", "v"}, new String[] {"QUIT"}, new String[] {"SET", "k", "late"});

            assertEquals("OK", client.read());
            assertEquals("OK", client.read());
            assertTrue(client.isClosedByPeer());
        }
        try (RawClient direct = redis.connect()) {
            assertEquals("v", direct.call("GET", "k"));
        }
    }

    @Test
    void localAndRemoteRepliesComeInTheOrderOfTheCommands() {
        try (RawClient client = proxy.connect()) {
            for (int round = 0; round < 50; round++) {
                client.sendAll(
                        new String[] {"SET", "mixed", "value-" + round},
                        new String[] {"CLIENT", "SETNAME", "name-" + round},
                        new String[] {"GET", "mixed"},
                        new String[] {"SELECT", "2"},
                        new String[] {"ECHO", "echo-" + round},
                        new String[] {"CLIENT", "GETNAME"},
                        new String[] {"SELECT", "0"},
                        new String[] {"GET", "mixed"});
            }
            for (int round = 0; round < 50; round++) {
                assertEquals("OK", client.read());
                assertEquals("OK", client.read());
                assertEquals("value-" + round, client.read());
                assertEquals("OK", client.read());
                assertEquals("echo-" + round, client.read());
                assertEquals("name-" + round, client.read());
                assertEquals("OK", client.read());
                assertEquals("value-" + round, client.read());
            }
        }
    }
}
