package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about the server are Redis's to answer, byte for byte; INFO has a section more. */
@Timeout(30)
class ServerCommandsIT {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET k v",
                "OBJECT ENCODING k",
                "OBJECT NOSUCH k",
                "OBJECT",
                "MEMORY USAGE k",
                "MEMORY HELP",
                "LATENCY LATEST",
                "SLOWLOG HELP",
                "ACL WHOAMI",
                "ACL CAT string",
                "CONFIG GET maxmemory-policy",
                "CONFIG SET nosuch 1",
                "CONFIG",
                "COMMAND COUNT",
                "COMMAND INFO get nosuch",
                "COMMAND GETKEYS MSET a 1 b 2",
                "COMMAND NOSUCH",
                "SWAPDB 0 1",
                "SWAPDB 1 0",
                "COPY k copy REPLACE",
                "DUMP k",
                "MOVE k 0",
                "SORT k",
                "DEBUG NOSUCH",
                "NOSUCHCOMMAND a b",
                "MODULE LIST",
                "INFO replication",
                "INFO nosuch",
                "GET",
                "SHUTDOWN a b c d e"
            })
    void replyIsRediss(String command) {
        String[] words = command.split(" ");
        try (RawClient direct = redis.connect();
                RawClient through = proxy.connect()) {
            direct.send(words);
            byte[] expected = direct.readRaw();
            through.send(words);
            assertArrayEquals(expected, through.readRaw());
        }
    }

    @Test
    void infoHasASectionOfTheProxys() {
        try (RawClient client = proxy.connect()) {
            String all = String.valueOf(client.call("INFO"));
            String own = String.valueOf(client.call("INFO", "redoubt"));

            assertTrue(all.contains("# Server\r\n") && all.contains("\r\n\r\n# Redoubt\r\nredoubt_state:up\r\n"), all);
            assertTrue(own.startsWith("# Redoubt\r\n") && own.contains("\r\nredoubt_clients:1\r\n"), own);
            assertFalse(String.valueOf(client.call("INFO", "server")).contains("Redoubt"));
            client.call("HELLO", "3");
            client.send("INFO", "everything");
            String verbatim = new String(client.readRaw(), StandardCharsets.UTF_8);
            assertTrue(verbatim.startsWith("=") && verbatim.contains("\r\ntxt:# Server"), verbatim);
            assertEquals("PONG", client.call("PING"));
        }
    }

    @Test
    void whatRedisDoesNotOfferIsUnknownInsideATransactionToo() {
        try (RawClient client = proxy.connect()) {
            Eventually.tableIsRead(client);
            client.call("MULTI");

            assertError("ERR", client.call("NOSUCHCOMMAND"));
            assertError("EXECABORT", client.call("EXEC"));
        }
    }

    @Test
    void replicationCommandsAreRefused() {
        try (RawClient client = proxy.connect()) {
            for (String command : new String[] {"SYNC", "REPLCONF"}) {
                assertError("ERR", client.call(command));
            }
            assertError("ERR", client.call("PSYNC", "?", "-1"));
        }
    }
}
