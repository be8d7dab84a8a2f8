package app.jedis;

import app.Client;
import app.Place;
import app.WatchingClient;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;

/** The one connection that a {@link Jedis} is. */
final class JedisClient implements WatchingClient {
    private final Place place;
    private final Jedis jedis;

    JedisClient(Place place) {
        this.place = place;
        this.jedis = new Jedis(place.host, place.port);
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
    public Object transaction(String key) {
        Transaction transaction = jedis.multi();
        transaction.incr(key);
        transaction.incr(key);
        return Replies.text(transaction.exec());
    }

    @Override
    public Object pipeline(String key, int count) {
        Pipeline pipeline = jedis.pipelined();
        for (int i = 0; i < count; i++) {
            pipeline.incr(key);
        }
        return pipeline.syncAndReturnAll();
    }

    @Override
    public Object lostWatch(String key, Client other) throws Exception {
        jedis.watch(key);
        other.increment(key);
        Transaction transaction = jedis.multi();
        transaction.set(key, "mine");
        List<Object> replies = transaction.exec();
        return Replies.text(replies);
    }

    @Override
    public Object publish(String channel, String message) {
        return jedis.publish(channel, message);
    }

    @Override
    public AutoCloseable subscribe(String channel, Consumer<String> messages) throws Exception {
        Jedis own = new Jedis(place.host, place.port);
        Listener listener = new Listener(messages);
        Thread thread = new Thread(() -> own.subscribe(listener, channel));
        thread.setDaemon(true);
        thread.start();
        listener.awaitSubscribed();
        return () -> {
            listener.unsubscribe();
            thread.join();
            Era.close(own);
        };
    }

    @Override
    public void close() {
        Era.close(jedis);
    }
}
