package dev.redoubt.it.proxy.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;

/** Jedis, with methods that all of 5 to 8 have. */
public final class JedisScenario implements IntConsumer {
    @Override
    public void accept(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port);
                Jedis other = new Jedis("127.0.0.1", port)) {
            jedis.flushAll();
            values(jedis);
            transaction(jedis, other);
            scripts(jedis);
            pipeline(jedis);
            assertEquals(List.of("list", "element"), blocking(jedis, other));
        }
        pubSub(port);
    }

    private static void values(Jedis jedis) {
        assertEquals("PONG", jedis.ping());
        assertEquals("OK", jedis.set("string", "value"));
        assertEquals("value", jedis.get("string"));
        assertNull(jedis.get("nothing"));
        assertEquals(2, jedis.hset("hash", Map.of("a", "1", "b", "2")));
        assertEquals(Map.of("a", "1", "b", "2"), jedis.hgetAll("hash"));
        assertEquals(3, jedis.sadd("set", "x", "y", "z"));
        assertEquals(1, jedis.zadd("scores", 1.5, "member"));
        assertEquals(1.5, jedis.zscore("scores", "member"));
        assertEquals("OK", jedis.select(1));
        assertNull(jedis.get("string"));
        assertEquals("OK", jedis.select(0));
    }

    private static void transaction(Jedis jedis, Jedis other) {
        Transaction transaction = jedis.multi();
        transaction.incr("counter");
        Response<Long> second = transaction.incr("counter");
        assertEquals(List.of(1L, 2L), transaction.exec());
        assertEquals(2L, second.get());

        jedis.watch("counter");
        other.incr("counter");
        Transaction tooLate = jedis.multi();
        tooLate.set("counter", "0");
        assertNull(tooLate.exec());
        assertEquals("3", jedis.get("counter"));
    }

    private static void scripts(Jedis jedis) {
        String script = "return redis.call('incrby', KEYS[1], ARGV[1])";
        assertEquals(13L, jedis.eval(script, 1, "counter", "10"));
        String sha = jedis.scriptLoad(script);
        assertEquals(23L, jedis.evalsha(sha, 1, "counter", "10"));
    }

    private static void pipeline(Jedis jedis) {
        Pipeline pipeline = jedis.pipelined();
        List<Response<String>> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            pipeline.set("piped:" + i, "value-" + i);
            values.add(pipeline.get("piped:" + i));
        }
        pipeline.sync();
        for (int i = 0; i < 1_000; i++) {
            assertEquals("value-" + i, values.get(i).get());
        }
    }

    private static List<String> blocking(Jedis jedis, Jedis other) {
        other.rpush("list", "element");
        return jedis.blpop(1, "list");
    }

    private static void pubSub(int port) {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Thread subscriber = new Thread(() -> {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.subscribe(new Listener(events), "channel");
            }
        });
        subscriber.start();
        try (Jedis publisher = new Jedis("127.0.0.1", port)) {
            assertEquals("subscribed", events.poll(10, TimeUnit.SECONDS));
            assertEquals(1, publisher.publish("channel", "hello"));
            assertEquals("hello", events.poll(10, TimeUnit.SECONDS));
            subscriber.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Listener extends JedisPubSub {
        private final BlockingQueue<String> events;

        Listener(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public void onSubscribe(String channel, int count) {
            events.add("subscribed");
        }

        @Override
        public void onMessage(String channel, String message) {
            events.add(message);
            unsubscribe();
        }
    }
}
