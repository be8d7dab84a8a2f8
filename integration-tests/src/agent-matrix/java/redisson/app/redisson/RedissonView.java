package app.redisson;

import app.BatchingClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's objects as commands. Closed by its owner. */
final class RedissonView implements BatchingClient {
    private static final StringCodec CODEC = StringCodec.INSTANCE;

    private final RedissonClient redisson;

    RedissonView(RedissonClient redisson) {
        this.redisson = redisson;
    }

    @Override
    public Object set(String key, String value) {
        redisson.getBucket(key, CODEC).set(value);
        return "set";
    }

    @Override
    public Object get(String key) {
        return redisson.getBucket(key, CODEC).get();
    }

    @Override
    public Object increment(String key) {
        return redisson.getAtomicLong(key).incrementAndGet();
    }

    @Override
    public Object push(String key, String value) {
        return redisson.getQueue(key, CODEC).add(value);
    }

    @Override
    public Object pop(String key, int seconds) throws InterruptedException {
        return redisson.getBlockingQueue(key, CODEC).poll(seconds, TimeUnit.SECONDS);
    }

    @Override
    public Object transaction(String key) {
        BatchOptions atomic = BatchOptions.defaults().executionMode(BatchOptions.ExecutionMode.IN_MEMORY_ATOMIC);
        return incremented(redisson.createBatch(atomic), key, 2);
    }

    @Override
    public Object pipeline(String key, int count) {
        return incremented(redisson.createBatch(), key, count);
    }

    private static Object incremented(RBatch batch, String key, int count) {
        for (int i = 0; i < count; i++) {
            batch.getAtomicLong(key).incrementAndGetAsync();
        }
        return batch.execute().getResponses();
    }

    @Override
    public Object publish(String channel, String message) {
        return redisson.getTopic(channel, CODEC).publish(message);
    }

    @Override
    public AutoCloseable subscribe(String channel, Consumer<String> messages) {
        RTopic topic = redisson.getTopic(channel, CODEC);
        int listener = topic.addListener(String.class, (from, message) -> messages.accept(message));
        return () -> topic.removeListener(listener);
    }

    @Override
    public void close() {}
}
