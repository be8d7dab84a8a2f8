package dev.redoubt.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal on disk. {@code ./dev crash} has more kill points. */
@Timeout(120)
class CrashIT {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());
    private static final int POINTS = 8;

    @TempDir
    Path directory;

    private ProxyProcess start(RedisServer redis, String... more) {
        return ProxyProcess.setup()
                .upstream(redis)
                .options("--journal-dir", directory.toString(), "--fallback-enter-after", "20ms")
                .options(more)
                .start();
    }

    @Test
    void noAcknowledgedWriteIsMissingAfterAKill() {
        System.out.println("CrashIT: -Dredoubt.seed=" + SEED);
        try (Crash crash = new Crash(directory, SEED)) {
            for (int point = 1; point <= POINTS; point++) {
                assertEquals(List.of(), crash.kill(point), "point " + point);
            }
            assertTrue(crash.acknowledged() > 0 && crash.replayed() > 0, "nothing was written: it proves nothing");
        }
    }

    @Test
    void whatIsOnDiskIsReadAfterARestartWithoutRedisToo() {
        try (RedisServer redis = RedisServer.started()) {
            try (ProxyProcess first = start(redis);
                    RawClient client = first.connect()) {
                client.call("PING");
                redis.kill();
                assertEquals("OK", client.call("SET", "k", "v"));
                assertEquals(0L, client.call("DEL", "gone"));
                first.kill();
            }
            try (ProxyProcess second = start(redis);
                    RawClient client = second.connect()) {
                assertEquals("v", client.call("GET", "k"));
                assertNull(client.call("GET", "gone"));
                assertEquals("OK", client.call("SET", "k", "w"));
                assertEquals(143, second.stop(), "SIGTERM, and an orderly end, keep it as well");
            }
            redis.start();
            try (ProxyProcess third = start(redis);
                    RawClient client = third.connect()) {
                assertEquals("w", client.call("GET", "k"));
                try (RawClient direct = redis.connect()) {
                    // Memory may have answered, before Redis was found.
                    Awaitility.await("what was on disk is in Redis").until(() -> "w".equals(direct.call("GET", "k")));
                }
            }
        }
    }

    @Test
    void whoWantsNoReplyGetsNone() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = start(redis);
                RawClient client = proxy.connect()) {
            client.call("PING");
            redis.kill();
            assertEquals("OK", client.call("SET", "k", "v"), "memory has begun");

            client.send("CLIENT", "REPLY", "SKIP");
            client.send("SET", "k", "w");
            client.send("GET", "k");
            assertEquals("w", client.read());
            client.send("CLIENT", "REPLY", "OFF");
            client.send("SET", "k", "x");
            client.send("CLIENT", "REPLY", "ON");
            client.send("GET", "k");
            assertEquals("OK", client.read());
            assertEquals("x", client.read());
        }
    }

    @Test
    void pipelinedWritesAndReadsKeepTheirOrder() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = start(redis);
                RawClient client = proxy.connect()) {
            client.call("PING");
            redis.kill();
            String[][] commands = new String[300][];
            for (int i = 0; i < commands.length; i += 3) {
                commands[i] = new String[] {"SET", "k", "v" + i};
                commands[i + 1] = new String[] {"GET", "k"};
                commands[i + 2] = new String[] {"PING"};
            }
            client.sendAll(commands);
            for (int i = 0; i < commands.length; i += 3) {
                assertEquals("OK", client.read());
                assertEquals("v" + i, client.read());
                assertEquals("PONG", client.read());
            }
        }
    }

    @Test
    void damageIsReportedAndWhatComesBeforeItIsUsed() throws IOException {
        try (RedisServer redis = RedisServer.started()) {
            try (ProxyProcess first = start(redis);
                    RawClient client = first.connect()) {
                client.call("PING");
                redis.kill();
                for (int i = 0; i < 10; i++) {
                    assertEquals("OK", client.call("SET", "k" + i, "v"));
                }
                first.kill();
            }
            Path file = directory.resolve("journal.log");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length * 3 / 4] ^= 4;
            Files.write(file, bytes);
            redis.start();
            try (ProxyProcess second = start(redis);
                    RawClient client = second.connect()) {
                assertEquals("v", client.call("GET", "k0"));
                assertEquals("v", client.call("GET", "k6"));
                assertNull(client.call("GET", "k9"));
                assertTrue(second.output().contains("The journal on disk was damaged"), second.output());
            }
        }
    }

    @Test
    void directoryThatAnotherProxyUsesIsRefused() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess first = start(redis)) {
            ProxyProcess second = ProxyProcess.setup()
                    .launch("run", "--listen", "127.0.0.1:0", "--admin", "off", "--journal-dir", directory.toString());
            try (second) {
                assertTrue(second.awaitEnd() != 0);
                assertTrue(second.output().contains("another Redoubt uses"), second.output());
            }
            assertTrue(first.isRunning());
        }
    }
}
