package app.jedis;

import app.Client;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;

/** Many connections behind one object. Closed by its owner. */
final class UnifiedClient implements Client {
    private final UnifiedJedis jedis;

    UnifiedClient(UnifiedJedis jedis) {
        this.jedis = jedis;
    }

    @Override
    public Object set(String key, String value) {
        return jedis.set(key, value);
    }

    @Override
    public Object get(String key) {
        return jedis.get(key);
    }

    @Override
    public Object increment(String key) {
        return jedis.incr(key);
    }

    @Override
    public Object push(String key, String value) {
        return jedis.rpush(key, value);
    }

    @Override
    public Object pop(String key, int seconds) {
        return jedis.blpop(seconds, key);
    }

    @Override
    public Object publish(String channel, String message) {
        return jedis.publish(channel, message);
    }

    @Override
    public AutoCloseable subscribe(String channel, Consumer<String> messages) throws Exception {
        Listener listener = new Listener(messages);
        Method subscribe = UnifiedJedis.class.getMethod("subscribe", JedisPubSub.class, String[].class); // not in 4.0
        Thread thread = new Thread(() -> {
            try {
                subscribe.invoke(jedis, listener, new String[] {channel});
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        listener.awaitSubscribed();
        return () -> {
            listener.unsubscribe();
            thread.join();
        };
    }

    @Override
    public void close() {}
}
