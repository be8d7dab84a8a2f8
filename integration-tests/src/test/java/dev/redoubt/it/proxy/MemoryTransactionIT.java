package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import dev.redoubt.it.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MULTI ... EXEC while Redis is away: done in memory as a whole and brought to Redis, or left to Redis as a whole. */
@Timeout(60)
class MemoryTransactionIT {
    private static Object exec(RawClient client, String... commands) {
        assertEquals("OK", client.call("MULTI"));
        for (String command : commands) {
            assertEquals("QUEUED", client.call(command.split(" ")));
        }
        return client.call("EXEC");
    }

    private static void lose(RedisServer redis, ProxyProcess proxy) {
        redis.kill();
        try (RawClient anybody = proxy.connect()) {
            anybody.send("GET", "anything");
            new ProxyPages(proxy).awaitState("fallback");
        }
    }

    @Test
    void whatMemoryDidIsInRedisAfterwards() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect()) {
            client.call("SET", "k", "old");
            lose(redis, proxy);

            assertEquals(
                    List.of("old", "OK", "new", 2L, "1"),
                    exec(client, "GET k", "SET k new", "GET k", "HSET h a 1 b 2", "HGET h a"));

            redis.start();
            new ProxyPages(proxy).awaitState("up");
            try (RawClient direct = redis.connect()) {
                assertEquals("new", direct.call("GET", "k"));
                assertEquals(List.of("1", "2"), direct.call("HMGET", "h", "a", "b"));
            }
        }
    }

    @Test
    void whatMemoryCannotDoWaitsForRedisAsAWhole() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect()) {
            client.call("SET", "k", "old");
            lose(redis, proxy);
            client.send("MULTI");
            client.send("SET", "k", "new");
            client.send("ZADD", "z", "1", "m");
            client.send("EXEC");
            for (String reply : List.of("OK", "QUEUED", "QUEUED")) {
                assertEquals(reply, client.read());
            }
            assertEquals(0, new ProxyPages(proxy).metric("journal_entries"));

            redis.start();

            assertEquals(List.of("OK", 1L), client.read());
        }
    }

    @Test
    void withoutRedisMemoryDoesWhatItCan() {
        try (ProxyProcess proxy =
                        ProxyProcess.setup().environment("REDIS_DISABLED", "1").start();
                RawClient client = proxy.connect()) {
            assertEquals(List.of(1L, 2L, "OK", "2"), exec(client, "INCR n", "INCR n", "SET k v", "GET n"));

            RedisError error = (RedisError) exec(client, "INCR n", "ZADD z 1 m");

            assertTrue(error.text().startsWith("UNAVAILABLE"), error.text());
            assertEquals("2", client.call("GET", "n"), "nothing of it was applied");
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesSigkillOfTheProxy(@TempDir Path directory) {
        try (RedisServer redis = RedisServer.started()) {
            try (ProxyProcess proxy = keeping(redis, directory);
                    RawClient client = proxy.connect()) {
                client.call("SET", "k", "old");
                lose(redis, proxy);
                assertEquals(List.of("OK", 1L, 1L), exec(client, "SET k new", "HSET h a 1", "DEL k"));
                assertEquals(List.of("OK"), exec(client, "SET l last"));
                proxy.kill();
            }
            redis.start();
            try (ProxyProcess proxy = keeping(redis, directory);
                    RawClient client = proxy.connect()) {
                assertEquals("last", client.call("GET", "l"));
                assertEquals("1", client.call("HGET", "h", "a"));
                assertEquals(0L, client.call("EXISTS", "k"));
            }
        }
    }

    private static ProxyProcess keeping(RedisServer redis, Path directory) {
        return ProxyProcess.setup()
                .upstream(redis)
                .options("--journal-dir", directory.toString())
                .start();
    }
}
