package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may use up is bounded, by settings that also go by Redis's names. */
@Timeout(30)
class BoundsIT {
    private static final Path CONNECTIONS = Path.of("/proc/net/tcp");
    private static final Path CONNECTIONS_6 = Path.of("/proc/net/tcp6");

    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static ProxyProcess with(String... options) {
        ProxyProcess proxy =
                ProxyProcess.setup().upstream(redis).options(options).start();
        new ProxyPages(proxy).awaitState("up");
        return proxy;
    }

    @Test
    void clientsBeyondMaxclientsAreTurnedAwayInRedissWords() {
        try (ProxyProcess proxy = with("--maxclients", "2");
                RawClient first = proxy.connect();
                RawClient second = proxy.connect()) {
            first.call("PING");
            second.call("PING");

            try (RawClient third = proxy.connect()) {
                assertEquals(new RedisError("ERR max number of clients reached"), third.read());
                assertTrue(third.isClosedByPeer());
            }
            assertEquals("PONG", first.call("PING"));
        }
    }

    @Test
    void silentClientIsClosedAndOneThatWaitsIsNot() {
        try (ProxyProcess proxy = with("--timeout", "1s");
                RawClient silent = proxy.connect();
                RawClient blocked = proxy.connect();
                RawClient subscribed = proxy.connect()) {
            silent.call("PING");
            blocked.send("BLPOP", "nothing", "4");
            subscribed.call("SUBSCRIBE", "news");

            assertTrue(silent.isClosedByPeer());
            assertEquals(null, blocked.read());
            assertEquals(List.of("pong", ""), subscribed.call("PING"));
        }
    }

    @Test
    void longerArgumentThanProtoMaxBulkLenIsAProtocolError() {
        try (ProxyProcess proxy = with("--proto-max-bulk-len", "1MB");
                RawClient client = proxy.connect()) {
            client.sendRaw("*2\r\n$3\r\nGET\r\n$1048577\r\n");

            assertError("ERR", client.read());
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void transactionBeyondTheQueryBufferLimitIsCutOff() {
        try (ProxyProcess proxy = with("--client-query-buffer-limit", "64KB");
                RawClient client = proxy.connect()) {
            client.call("MULTI");
            client.call("SET", "k", "x".repeat(40_000));

            client.send("SET", "k", "x".repeat(40_000));

            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void silentConnectionIsProbedByTcp() throws IOException {
        assumeTrue(Files.exists(CONNECTIONS), "only Linux shows its timers");
        try (ProxyProcess proxy = with("--tcp-keepalive", "77s");
                RawClient client = proxy.connect()) {
            client.call("PING");

            String[] fields = Stream.concat(
                            Files.readAllLines(CONNECTIONS).stream(), Files.readAllLines(CONNECTIONS_6).stream())
                    .map(line -> line.trim().split(" +"))
                    .filter(line -> line[1].endsWith(hex(proxy.port())) && line[2].endsWith(hex(client.localPort())))
                    .findFirst()
                    .orElseThrow();

            String[] timer = fields[5].split(":");
            long ticks = Long.parseLong(timer[1], 16); // of 10 ms
            assertEquals("02", timer[0]);
            assertTrue(ticks > 6_000 && ticks <= 7_800, fields[5]);
        }
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }
}
