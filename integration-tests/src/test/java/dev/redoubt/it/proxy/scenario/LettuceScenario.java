package dev.redoubt.it.proxy.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;

/** Lettuce, with methods that 6 and 7 have. */
public final class LettuceScenario implements IntConsumer {
    @Override
    public void accept(int port) {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        try (StatefulRedisConnection<String, String> connection = client.connect();
                StatefulRedisConnection<String, String> other = client.connect()) {
            connection.sync().flushall();
            values(connection.sync());
            transaction(connection.sync(), other.sync());
            scripts(connection.sync());
            pipeline(connection);
            blocking(connection.sync(), other.sync());
            pubSub(client, other.sync());
            clientSideCaching(client, other.sync());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ZERO);
        }
    }

    private static void values(RedisCommands<String, String> redis) {
        assertEquals("PONG", redis.ping());
        assertEquals("OK", redis.set("string", "value"));
        assertEquals("value", redis.get("string"));
        assertNull(redis.get("nothing"));
        assertEquals(2, redis.hset("hash", Map.of("a", "1", "b", "2")));
        assertEquals(Map.of("a", "1", "b", "2"), redis.hgetall("hash"));
        assertEquals(1, redis.zadd("scores", 1.5, "member"));
        assertEquals(1.5, redis.zscore("scores", "member"));
        assertEquals("OK", redis.select(1));
        assertNull(redis.get("string"));
        assertEquals("OK", redis.select(0));
    }

    private static void transaction(RedisCommands<String, String> redis, RedisCommands<String, String> other) {
        redis.multi();
        redis.incr("counter");
        redis.incr("counter");
        TransactionResult result = redis.exec();
        assertEquals(List.of(1L, 2L), result.stream().toList());

        redis.watch("counter");
        other.incr("counter");
        redis.multi();
        redis.set("counter", "0");
        assertTrue(redis.exec().wasDiscarded());
        assertEquals("3", redis.get("counter"));
    }

    private static void scripts(RedisCommands<String, String> redis) {
        String script = "return redis.call('incrby', KEYS[1], ARGV[1])";
        String[] keys = {"counter"};
        assertEquals(13L, redis.<Long>eval(script, ScriptOutputType.INTEGER, keys, "10"));
        String sha = redis.scriptLoad(script);
        assertEquals(23L, redis.<Long>evalsha(sha, ScriptOutputType.INTEGER, keys, "10"));
    }

    private static void pipeline(StatefulRedisConnection<String, String> connection)
            throws InterruptedException, ExecutionException, TimeoutException {
        connection.setAutoFlushCommands(false);
        List<RedisFuture<String>> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            connection.async().set("piped:" + i, "value-" + i);
            values.add(connection.async().get("piped:" + i));
        }
        connection.flushCommands();
        connection.setAutoFlushCommands(true);
        for (int i = 0; i < 1_000; i++) {
            assertEquals("value-" + i, values.get(i).get(10, TimeUnit.SECONDS));
        }
    }

    private static void blocking(RedisCommands<String, String> redis, RedisCommands<String, String> other) {
        other.rpush("list", "element");
        assertEquals(KeyValue.just("list", "element"), redis.blpop(5, "list"));
    }

    private static void clientSideCaching(RedisClient client, RedisCommands<String, String> other) {
        Map<String, String> local = new ConcurrentHashMap<>();
        StatefulRedisConnection<String, String> connection = client.connect();
        try (CacheFrontend<String, String> cache =
                ClientSideCaching.enable(CacheAccessor.forMap(local), connection, TrackingArgs.Builder.enabled())) {
            other.set("cached", "first");
            assertEquals("first", cache.get("cached"));
            assertEquals("first", local.get("cached"));

            other.set("cached", "second");

            Awaitility.await("the invalidation").until(() -> !local.containsKey("cached"));
            assertEquals("second", cache.get("cached"));
        }
    }

    private static void pubSub(RedisClient client, RedisCommands<String, String> publisher)
            throws InterruptedException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    messages.add(message);
                }
            });
            subscriber.sync().subscribe("channel");
            assertEquals(1, publisher.publish("channel", "hello"));
            assertEquals("hello", messages.poll(10, TimeUnit.SECONDS));
        }
    }
}
