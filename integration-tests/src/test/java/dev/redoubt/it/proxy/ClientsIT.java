package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CLIENT through the proxy: who is listed, killed, woken and paused are the proxy's clients. */
@Timeout(30)
class ClientsIT {
    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterEach
    void unpause() {
        try (RawClient direct = redis.connect()) {
            direct.call("CLIENT", "UNPAUSE");
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    private static List<String> list(RawClient client, String... options) {
        String[] command = new String[2 + options.length];
        command[0] = "CLIENT";
        command[1] = "LIST";
        System.arraycopy(options, 0, command, 2, options.length);
        return client.call(command).toString().lines().toList();
    }

    private static String fieldNames(String line) {
        return Arrays.stream(line.split(" ")).map(field -> field.split("=")[0]).collect(Collectors.joining(" "));
    }

    private static String field(String line, String name) {
        return Arrays.stream(line.split(" "))
                .filter(field -> field.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    @Test
    @RequiresRedis("7.0")
    void theLineHasTheFieldsOfRedis() {
        try (RawClient client = proxy.connect();
                RawClient direct = redis.connect()) {
            String mine = client.call("CLIENT", "INFO").toString().strip();
            String there = direct.call("CLIENT", "INFO").toString().strip();

            assertTrue(fieldNames(there).startsWith(fieldNames(mine)), mine + "\n" + there);
            assertEquals(proxy.port(), Integer.parseInt(field(mine, "laddr").replaceAll(".*:", "")));
            for (String same : List.of("flags", "db", "multi", "qbuf", "cmd", "user", "resp")) {
                assertEquals(field(there, same), field(mine, same), same);
            }
        }
    }

    @Test
    void idsAreThoseOfClientId() {
        try (RawClient one = proxy.connect();
                RawClient two = proxy.connect()) {
            Object first = one.call("CLIENT", "ID");
            Object second = two.call("CLIENT", "ID");

            List<String> lines = list(one, "ID", first.toString(), second.toString());

            assertEquals(
                    List.of(first.toString(), second.toString()),
                    lines.stream().map(line -> field(line, "id")).toList());
        }
    }

    @Test
    void aClientIsKilledByItsIdAndNobodyElse() {
        try (RawClient killer = proxy.connect();
                RawClient victim = proxy.connect();
                RawClient bystander = proxy.connect()) {
            Object id = victim.call("CLIENT", "ID");
            bystander.call("PING");

            assertEquals(1L, killer.call("CLIENT", "KILL", "ID", id.toString()));

            assertThrows(RawClient.ConnectionLost.class, () -> victim.call("PING"));
            assertEquals("PONG", bystander.call("PING"));
        }
    }

    @Test
    void aUserWithoutPermissionNeitherListsNorKills() {
        try (RawClient admin = redis.connect();
                RawClient client = proxy.connect();
                RawClient victim = proxy.connect()) {
            admin.call("ACL", "SETUSER", "app", "on", ">pw", "~*", "+@all", "-@dangerous", "+client|id");
            Object id = victim.call("CLIENT", "ID");
            assertEquals("OK", client.call("AUTH", "app", "pw"));

            assertError("NOPERM", client.call("CLIENT", "KILL", "ID", id.toString()));
            assertError("NOPERM", client.call("CLIENT", "LIST"));
            assertError("NOPERM", client.call("CLIENT", "PAUSE", "10000"));
            assertError("NOPERM", client.call("CLIENT", "UNBLOCK", id.toString()));

            assertEquals("PONG", victim.call("PING"));
            assertEquals("OK", victim.call("SET", "k", "v"));
        }
    }

    @Test
    void aBlockedClientIsWoken() {
        try (RawClient waker = proxy.connect();
                RawClient one = proxy.connect();
                RawClient two = proxy.connect()) {
            Object first = one.call("CLIENT", "ID");
            Object second = two.call("CLIENT", "ID");
            one.send("BLPOP", "nothing", "0");
            two.send("BLPOP", "nothing", "0");

            Eventually.until(
                    "first woken",
                    () -> waker.call("CLIENT", "UNBLOCK", first.toString()).equals(1L));
            Eventually.until(
                    "second woken",
                    () -> waker.call("CLIENT", "UNBLOCK", second.toString(), "ERROR")
                            .equals(1L));

            assertNull(one.read());
            assertError("UNBLOCKED", two.read());
            assertEquals(0L, waker.call("CLIENT", "UNBLOCK", first.toString()));
        }
    }

    @Test
    @RequiresRedis("6.2")
    void aPauseOfWritesHoldsWritersAndNobodyElse() {
        try (RawClient admin = proxy.connect();
                RawClient writer = proxy.connect();
                RawClient reader = proxy.connect();
                RawClient direct = redis.connect()) {
            admin.call("SET", "k", "before");
            assertEquals("OK", admin.call("CLIENT", "PAUSE", "60000", "WRITE"));

            writer.send("SET", "k", "after");
            direct.send("SET", "direct", "1");
            for (int i = 0; i < 100; i++) {
                assertEquals("before", reader.call("GET", "k"));
            }
            Eventually.until(
                    "the writer is blocked",
                    () -> list(reader).stream()
                            .anyMatch(line -> field(line, "flags").equals("b")));
            assertEquals("before", reader.call("GET", "k"));
            assertEquals("OK", admin.call("CLIENT", "UNPAUSE"));

            assertEquals("OK", writer.read());
            assertEquals("OK", direct.read());
            assertEquals("after", reader.call("GET", "k"));
        }
    }
}
