package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** With users of its own the proxy lets in who is on its list, and is one user at Redis. */
@Timeout(60)
class OwnUsersIT {
    /** Of "secret". */
    private static final String SECRET = "#2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir
    Path directory;

    private RedisServer redis;
    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.started("--requirepass", "redis-only");
        list("user app on " + SECRET, "user default on >shared");
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .options("--upstream-password", "redis-only")
                .options("--users-mode", "own", "--users-file", file().toString(), "--users-reload-interval", "100ms")
                .start();
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    private Path file() {
        return directory.resolve("users");
    }

    private void list(String... lines) throws IOException {
        Files.writeString(file(), String.join("\n", lines) + "\n");
    }

    /** Strangers get from the proxy what they get from a Redis that wants a password, byte for byte. */
    @Test
    void strangersAreTreatedAsRedisTreatsThem() {
        String[] attempts = {
            "PING\r\n",
            "GET k\r\n",
            "NOSUCH a b\r\n",
            "GET\r\n",
            "MULTI\r\n",
            "CLIENT ID\r\n",
            "CLIENT NOSUCH\r\n",
            "SUBSCRIBE c\r\n",
            "HELLO\r\n",
            "HELLO 3\r\n",
            "HELLO 9\r\n",
            "HELLO 3 AUTH default wrong\r\n",
            "AUTH wrong\r\n",
            "AUTH nobody wrong\r\n",
            "AUTH\r\n",
            "AUTH a b c\r\n",
            "RESET\r\n",
            "*11\r\n",
            "*1\r\n$16385\r\n",
        };
        for (String attempt : attempts) {
            try (RawClient there = redis.connect();
                    RawClient here = proxy.connect()) {
                there.sendRaw(attempt);
                here.sendRaw(attempt);
                assertEquals(there.read(), here.read(), attempt);
            }
        }
    }

    @Test
    void clientsLogInWithTheirLibrariesAndAreTheProxysUserAtRedis() {
        RedisURI uri = RedisURI.builder()
                .withHost(proxy.host())
                .withPort(proxy.port())
                .withAuthentication("app", "secret".toCharArray())
                .build();
        RedisClient lettuce = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = lettuce.connect();
                Jedis jedis = new Jedis(
                        new HostAndPort(proxy.host(), proxy.port()),
                        DefaultJedisClientConfig.builder().password("shared").build())) {
            assertEquals("OK", connection.sync().set("k", "v"));
            assertEquals("v", jedis.get("k"));
            assertEquals("default", jedis.aclWhoAmI(), "who the proxy is at Redis");
        } finally {
            lettuce.shutdown();
        }
        try (RawClient admin = redis.connect()) {
            admin.call("AUTH", "redis-only");
            assertFalse(admin.call("CLIENT", "LIST").toString().contains("user=app"));
        }
    }

    @Test
    void usersOfRedisAreNotUsersOfTheProxy() {
        try (RawClient client = proxy.connect()) {
            assertError("WRONGPASS", client.call("AUTH", "redis-only"));
            assertError("WRONGPASS", client.call("AUTH", "default", "redis-only"));
            assertError("NOAUTH", client.call("GET", "k"));
        }
    }

    @Test
    void aRotatedPasswordIsRefusedAndWhoIsStruckOffIsClosed() throws IOException {
        try (RawClient app = proxy.connect();
                RawClient other = proxy.connect()) {
            assertEquals("OK", app.call("AUTH", "app", "secret"));
            assertEquals("OK", other.call("AUTH", "shared"));

            list("user app on >rotated", "user default on >shared");
            Eventually.until("the old password is refused", () -> !logsIn("app", "secret"));

            assertTrue(logsIn("app", "rotated"));
            assertEquals("OK", app.call("SET", "k", "1"), "who is in stays in");

            list("user default on >shared");
            Eventually.until("closed", app::isClosedByPeer);

            assertFalse(logsIn("app", "rotated"));
            assertEquals("1", other.call("GET", "k"));

            list("nonsense");
            Eventually.until(
                    "the complaint", () -> proxy.output().contains("users.file has changed and cannot be used"));
            assertTrue(logsIn("default", "shared"), "the list of before stays in force");
        }
    }

    private boolean logsIn(String user, String password) {
        try (RawClient client = proxy.connect()) {
            return "OK".equals(client.call("AUTH", user, password));
        }
    }

    @Test
    void anOutageChangesNothingAboutWhoIsLetIn() {
        try (RawClient app = proxy.connect()) {
            assertEquals("OK", app.call("AUTH", "app", "secret"));
            assertEquals("OK", app.call("SET", "k", "v"));
            redis.kill();
            assertEquals("v", app.call("GET", "k"));

            try (RawClient next = proxy.connect()) {
                assertError("NOAUTH", next.call("GET", "k"));
                assertError("WRONGPASS", next.call("AUTH", "app", "wrong"));
                assertEquals("OK", next.call("AUTH", "app", "secret"));
                assertEquals("v", next.call("GET", "k"));
            }
        }
    }

    @Test
    void noPasswordIsEverPrinted() {
        assertFalse(logsIn("app", "a-wrong-password"));

        String output = proxy.output();
        assertTrue(output.contains("clients must log in"), output);
        assertFalse(output.contains("shared"), output);
        assertFalse(output.contains("a-wrong-password"), output);
    }
}
