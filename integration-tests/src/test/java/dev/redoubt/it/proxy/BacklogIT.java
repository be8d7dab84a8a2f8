package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that wait for Redis: in order, bounded, given up in time, and not run for a client that is gone. Memory is off, so that everything waits. */
@Timeout(60)
class BacklogIT {
    private RedisServer redis;
    private ProxyProcess proxy;
    private ProxyPages pages;

    @BeforeEach
    void start() {
        redis = RedisServer.started();
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void heldCommandsRunInOrderWhenRedisIsBack() {
        proxyWithoutMemory();
        redis.kill();

        try (RawClient one = proxy.connect();
                RawClient two = proxy.connect()) {
            for (int i = 0; i < 1_000; i++) {
                (i % 2 == 0 ? one : two).send("RPUSH", i % 2 == 0 ? "one" : "two", "item-" + i);
            }
            pages.awaitMetric("backlog_commands", 1_000);
            redis.start();

            for (int i = 0; i < 1_000; i++) {
                assertEquals(i / 2 + 1L, (i % 2 == 0 ? one : two).read());
            }
            List<?> items = (List<?>) one.call("LRANGE", "two", "0", "-1");
            assertEquals("item-1", items.get(0));
            assertEquals("item-999", items.get(499));
        }
        assertEquals(0, pages.metric("backlog_commands"));
    }

    @Test
    void twentyThousandCommandsKeepAliveWhatTheLimitCounts() {
        // What is measured is the memory of a proxy as users run it, not that of the leak detector.
        start(ProxyProcess.setup().jvm("-Dio.netty.leakDetection.level=simple"));
        List<RawClient> clients = Stream.generate(proxy::connect).limit(20).toList();
        redis.kill();
        long residentBefore = proxy.residentBytes().orElse(0);

        // One command at a time from each client in turn: the pattern in which slices of read buffers would pin most.
        String[][] increments = increments(20_000);
        for (int i = 0; i < increments.length; i++) {
            clients.get(i % clients.size()).send(increments[i]);
        }
        pages.awaitMetric("backlog_commands", 20_000);

        long counted = pages.metric("backlog_bytes");
        long sent = 20_000L * "*2\r\n$4\r\nINCR\r\n$9\r\nkey-00000\r\n".length();
        assertTrue(sent <= counted && counted <= sent + 256 * 1024, counted + " counted for " + sent + " sent");
        long grown = proxy.residentBytes().orElse(0) - residentBefore;
        assertTrue(grown < 32 << 20, "grown by " + (grown >> 20) + " MB");
        clients.forEach(RawClient::close);
    }

    @Test
    void aFullBacklogRefusesWhatIsNewAndKeepsWhatItHas() {
        proxyWithoutMemory("--backlog-max-commands", "100");
        redis.kill();

        try (RawClient early = proxy.connect();
                RawClient late = proxy.connect()) {
            early.sendAll(increments(100));
            pages.awaitMetric("backlog_commands", 100);

            assertError("BACKLOGFULL", late.call("INCR", "late"));

            redis.start();
            for (int i = 0; i < 100; i++) {
                assertEquals(1L, early.read());
            }
            assertEquals(0L, late.call("EXISTS", "late"));
        }
        assertEquals(1, pages.metric("backlog_full_total"));
    }

    @Test
    void aBacklogFullOfBytesRefusesToo() {
        proxyWithoutMemory("--backlog-max-bytes", "1MB");
        redis.kill();
        String value = "x".repeat(60_000);

        try (RawClient early = proxy.connect();
                RawClient late = proxy.connect()) {
            for (int i = 0; i < 20; i++) {
                early.send("APPEND", "early", value);
            }
            pages.awaitMetric("backlog_commands", 16);
            assertError("BACKLOGFULL", late.call("APPEND", "late", value));
            assertTrue(pages.metric("backlog_bytes") <= 1 << 20, "within the limit");

            redis.start();
            for (int i = 1; i <= 20; i++) {
                assertEquals(i * 60_000L, early.read(), "what did not fit has waited in the client's own connection");
            }
        }
    }

    @Test
    void whatWaitedTooLongIsGivenUpAndNotApplied() {
        proxyWithoutMemory("--backlog-hold-budget", "500ms");
        redis.kill();

        try (RawClient client = proxy.connect()) {
            client.sendAll(
                    new String[] {"INCR", "late"}, new String[] {"GET", "late"}, new String[] {"SET", "late", "1"});
            for (int i = 0; i < 3; i++) {
                assertError("UNAVAILABLE", client.read());
            }

            redis.start();
            pages.awaitState("up");
            assertEquals(0L, client.call("EXISTS", "late"));
        }
        assertEquals(3, pages.metric("unavailable_total"));
    }

    @Test
    void unsentCommandsOfAClientThatWasResetAreDropped() {
        proxyWithoutMemory();
        redis.kill();

        try (RawClient stays = proxy.connect()) {
            RawClient leaves = proxy.connect();
            leaves.sendAll(increments(10));
            stays.send("INCR", "stays");
            pages.awaitMetric("backlog_commands", 11);
            leaves.reset();
            Eventually.until("the client's end", () -> pages.metric("clients") == 1);
            redis.start();

            assertEquals(1L, stays.read());
            assertEquals(1L, stays.call("DBSIZE"));
        }
        assertEquals(10, pages.metric("dropped_client_gone_total"));
    }

    @Test
    void commandsOfAClientThatSaidQuitAreRun() {
        proxyWithoutMemory();
        redis.kill();

        try (RawClient quits = proxy.connect();
                RawClient halfClosed = proxy.connect()) {
            quits.sendAll(new String[] {"SET", "quits", "1"}, new String[] {"QUIT"});
            halfClosed.send("SET", "half-closed", "1");
            halfClosed.closeOutput();
            pages.awaitMetric("backlog_commands", 2);
            redis.start();

            assertEquals("OK", quits.read());
            assertEquals("OK", quits.read());
            assertTrue(quits.isClosedByPeer());
            assertEquals("OK", halfClosed.read());
            assertTrue(halfClosed.isClosedByPeer());
        }
    }

    private void proxyWithoutMemory(String... options) {
        start(ProxyProcess.setup().options(options));
    }

    private void start(ProxyProcess.Setup setup) {
        proxy = setup.upstream(redis).options("--fallback-enabled", "false").start();
        pages = new ProxyPages(proxy);
        pages.awaitState("up");
    }

    private static String[][] increments(int count) {
        String[][] commands = new String[count][];
        for (int i = 0; i < count; i++) {
            commands[i] = new String[] {"INCR", String.format("key-%05d", i)};
        }
        return commands;
    }
}
