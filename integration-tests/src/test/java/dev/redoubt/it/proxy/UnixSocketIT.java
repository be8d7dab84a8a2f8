package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that come over a Unix socket, and its file. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class UnixSocketIT {
    private static final int USAGE = 2;

    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("redoubt.sock");
    }

    private ProxyProcess.Setup setup() {
        return ProxyProcess.setup().options("--listen", "unix:" + socket());
    }

    /** A proxy without Redis is enough where only the file matters. */
    private ProxyProcess.Setup memoryOnly() {
        return setup().options("--upstream-disabled");
    }

    private void assertAnswered(String commands, String replies) throws IOException {
        assertTrue(
                UnixConversation.isAnswered(socket(), commands, replies, false), "not every reply came as it should");
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.it.proxy.Transports#here")
    void allListenersLeadToTheSameRedis(String transport) throws IOException {
        int other = FreePort.next();
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = setup().upstream(redis)
                        .options("--listen", "127.0.0.1:" + other, "--transport", transport)
                        .start();
                RawClient one = proxy.connect();
                RawClient two = RawClient.connect("127.0.0.1", other);
                RawClient direct = redis.connect()) {
            assertEquals("OK", one.call("SET", "greeting", "hello"));

            assertAnswered("GET greeting\r\nAPPEND greeting !\r\nPING\r\n", "$5\r\nhello\r\n:6\r\n+PONG\r\n");

            assertEquals("hello!", two.call("GET", "greeting"));
            assertEquals("hello!", direct.call("GET", "greeting"));
            assertFalse(proxy.output().contains("Unknown channel option"), proxy.output());
            assertTrue(proxy.output().contains("unix:" + socket()), proxy.output());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.it.proxy.Transports#here")
    void longRepliesComeWhole(String transport) throws IOException {
        String value = "0123456789".repeat(50_000);
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = setup().upstream(redis)
                        .options("--transport", transport)
                        .start();
                RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("SET", "long", value));

            assertAnswered("GET long\r\n".repeat(20), ("$500000\r\n" + value + "\r\n").repeat(20));
        }
    }

    /** With NIO Netty takes a client that does so to be gone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void clientThatHasSaidAllGetsItsReplies() throws IOException {
        String value = "0123456789".repeat(50_000);
        String replies = ("$500000\r\n" + value + "\r\n").repeat(20);
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = setup().upstream(redis).start();
                RawClient client = proxy.connect()) {
            assertEquals("OK", client.call("SET", "long", value));

            assertTrue(UnixConversation.isAnswered(socket(), "GET long\r\n".repeat(20), replies, true));
        }
    }

    @Test
    void redisCliWorksOverIt() throws IOException, InterruptedException {
        assumeTrue(RedisCli.isInstalled(), "no redis-cli on the PATH");
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = setup().upstream(redis).start()) {
            assertEquals("OK", redisCli("SET", "greeting", "hello"));
            assertEquals("hello", redisCli("GET", "greeting"));
            assertTrue(proxy.isRunning());
        }
    }

    private String redisCli(String... command) throws IOException, InterruptedException {
        return RedisCli.run(List.of("-s", socket().toString()), command);
    }

    @Test
    void onlyItsOwnerMayConnectUnlessToldOtherwise() throws IOException {
        try (ProxyProcess proxy = memoryOnly().start()) {
            assertEquals("rwx------", mode());
            assertTrue(proxy.isRunning());
        }
        try (ProxyProcess proxy = memoryOnly().options("--socket-mode", "770").start()) {
            assertEquals("rwxrwx---", mode());
            assertTrue(proxy.isRunning());
        }
    }

    @Test
    void groupMayConnectWhereItIsGiven() throws IOException {
        String group = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        try (ProxyProcess proxy = memoryOnly().options("--socket-group", group).start()) {
            assertEquals("rwxrwx---", mode());
            assertTrue(proxy.isRunning());
        }
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()));
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.it.proxy.Transports#here")
    void fileIsRemovedAtTheEnd(String transport) {
        try (ProxyProcess proxy = memoryOnly().options("--transport", transport).start()) {
            assertTrue(Files.exists(socket()));

            proxy.stop();

            assertFalse(Files.exists(socket()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.it.proxy.Transports#here")
    void fileOfAProxyThatWasKilledIsNotInTheWay(String transport) throws IOException {
        try (ProxyProcess killed =
                memoryOnly().options("--transport", transport).start()) {
            killed.kill();
            assertTrue(Files.exists(socket()));
        }
        try (ProxyProcess proxy = memoryOnly().options("--transport", transport).start()) {
            assertAnswered("SET a b\r\n", "+OK\r\n");
            assertTrue(proxy.isRunning());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketInUseIsNamedWithWhoHoldsItAndLeftToIt() throws IOException {
        try (ProxyProcess first = memoryOnly().start();
                ProxyProcess second = launched()) {
            assertEquals(USAGE, second.awaitEnd());

            assertTrue(
                    second.output()
                            .contains("cannot listen on unix:" + socket() + ": it is in use by another Redoubt (pid "
                                    + first.pid() + "); choose another path with --listen unix:/PATH"),
                    second.output());
            assertAnswered("SET a b\r\n", "+OK\r\n");
        }
    }

    @Test
    void fileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(socket(), "mine");
        try (ProxyProcess proxy = launched()) {
            assertEquals(USAGE, proxy.awaitEnd());

            assertTrue(proxy.output().contains("that is no socket, and it is left alone"), proxy.output());
            assertEquals("mine", Files.readString(socket()));
        }
    }

    @Test
    void nothingIsLeftBehindWhereAnotherListenerFails() throws IOException {
        try (ServerSocketChannel holder = ServerSocketChannel.open().bind(null);
                ProxyProcess proxy = ProxyProcess.setup()
                        .launch(
                                "run",
                                "--upstream-disabled",
                                "--admin",
                                "127.0.0.1:" + holder.socket().getLocalPort(),
                                "--listen",
                                "unix:" + socket())) {
            assertEquals(USAGE, proxy.awaitEnd());

            assertTrue(proxy.output().contains("--admin"), proxy.output());
            assertFalse(Files.exists(socket()));
        }
    }

    private ProxyProcess launched() {
        return ProxyProcess.setup()
                .launch("run", "--upstream-disabled", "--admin", "off", "--listen", "unix:" + socket());
    }
}
