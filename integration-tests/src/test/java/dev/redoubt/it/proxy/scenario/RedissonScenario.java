package dev.redoubt.it.proxy.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RLock;
import org.redisson.api.RMap;
import org.redisson.api.RScript;
import org.redisson.api.RTopic;
import org.redisson.api.RTransaction;
import org.redisson.api.RedissonClient;
import org.redisson.api.TransactionOptions;
import org.redisson.config.Config;

/** Redisson: its locks are scripts and messages, its queues wait, its batches are pipelines or transactions. */
public final class RedissonScenario implements IntConsumer {
    @Override
    public void accept(int port) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        RedissonClient redisson = Redisson.create(config);
        try {
            redisson.getKeys().flushdb();
            values(redisson);
            batches(redisson);
            transaction(redisson);
            script(redisson);
            locks(redisson);
            queue(redisson);
            topic(redisson);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            redisson.shutdown(0, 5, TimeUnit.SECONDS);
        }
    }

    private static void values(RedissonClient redisson) {
        redisson.getBucket("bucket").set("value");
        assertEquals("value", redisson.getBucket("bucket").get());
        RMap<String, String> map = redisson.getMap("map");
        map.putAll(Map.of("a", "1", "b", "2"));
        assertEquals(Map.of("a", "1", "b", "2"), map.readAllMap());
        assertEquals(1, redisson.getAtomicLong("counter").incrementAndGet());
        assertTrue(redisson.getSet("set").add("x"));
        assertTrue(redisson.getScoredSortedSet("scores").add(1.5, "member"));
    }

    private static void batches(RedissonClient redisson) {
        RBatch pipeline = redisson.createBatch();
        for (int i = 0; i < 500; i++) {
            pipeline.getBucket("piped:" + i).setAsync("value-" + i);
        }
        assertEquals(500, pipeline.execute().getResponses().size());
        assertEquals("value-499", redisson.getBucket("piped:499").get());

        RBatch atomic = redisson.createBatch(
                BatchOptions.defaults().executionMode(BatchOptions.ExecutionMode.REDIS_WRITE_ATOMIC));
        atomic.getAtomicLong("counter").addAndGetAsync(4);
        atomic.getAtomicLong("counter").addAndGetAsync(5);
        assertEquals(List.of(5L, 10L), atomic.execute().getResponses());
    }

    private static void transaction(RedissonClient redisson) {
        RTransaction transaction = redisson.createTransaction(TransactionOptions.defaults());
        transaction.getMap("map").put("c", "3");
        transaction.getBucket("bucket").set("changed");
        transaction.commit();
        assertEquals("changed", redisson.getBucket("bucket").get());
        assertEquals("3", redisson.getMap("map").get("c"));
    }

    private static void script(RedissonClient redisson) {
        RScript script = redisson.getScript(org.redisson.client.codec.StringCodec.INSTANCE);
        Long result = script.eval(
                RScript.Mode.READ_WRITE,
                "return redis.call('incrby', KEYS[1], ARGV[1])",
                RScript.ReturnType.LONG,
                List.of("counter"),
                "10");
        assertEquals(20, result);
    }

    /** The one who waits is woken by a message. */
    private static void locks(RedissonClient redisson) throws InterruptedException {
        RLock lock = redisson.getLock("lock");
        lock.lock();
        BlockingQueue<Boolean> outcome = new LinkedBlockingQueue<>();
        Thread waiting = new Thread(() -> {
            RLock same = redisson.getLock("lock");
            try {
                assertFalse(same.tryLock());
                outcome.add(false);
                outcome.add(same.tryLock(20, TimeUnit.SECONDS));
                same.unlock();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        assertEquals(false, outcome.poll(10, TimeUnit.SECONDS));
        lock.unlock();
        assertEquals(true, outcome.poll(10, TimeUnit.SECONDS));
        waiting.join(10_000);
        assertFalse(lock.isLocked());
    }

    private static void queue(RedissonClient redisson) throws InterruptedException {
        RBlockingQueue<String> queue = redisson.getBlockingQueue("queue");
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        Thread consumer = new Thread(() -> {
            try {
                taken.add(redisson.<String>getBlockingQueue("queue").take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        consumer.start();
        queue.add("element");
        assertEquals("element", taken.poll(10, TimeUnit.SECONDS));
    }

    private static void topic(RedissonClient redisson) throws InterruptedException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        RTopic topic = redisson.getTopic("topic");
        int listener = topic.addListener(String.class, (channel, message) -> messages.add(message));
        int other = redisson.getPatternTopic("top*")
                .addListener(String.class, (pattern, channel, message) -> messages.add(message));
        assertEquals(2, redisson.getTopic("topic").publish("hello"));
        assertEquals("hello", messages.poll(10, TimeUnit.SECONDS));
        assertEquals("hello", messages.poll(10, TimeUnit.SECONDS));
        topic.removeListener(listener);
        redisson.getPatternTopic("top*").removeListener(other);
        assertEquals(0, redisson.getTopic("topic").publish("nobody"));
    }
}
