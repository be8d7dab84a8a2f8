package app.lettuce;

import app.Client;
import app.WatchingClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connection of a client that is closed by somebody else. */
final class LettuceClient implements WatchingClient {
    private static final int PATIENCE_SECONDS = 10;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> commands;

    LettuceClient(RedisClient client) {
        this.client = client;
        this.connection = client.connect();
        this.commands = connection.sync();
    }

    @Override
    public Object set(String key, String value) {
        return commands.set(key, value);
    }

    @Override
    public Object get(String key) {
        return commands.get(key);
    }

    @Override
    public Object increment(String key) {
        return commands.incr(key);
    }

    @Override
    public Object push(String key, String value) {
        return commands.rpush(key, value);
    }

    @Override
    public Object pop(String key, int seconds) {
        return commands.blpop(seconds, key);
    }

    @Override
    public Object transaction(String key) {
        commands.multi();
        commands.incr(key);
        commands.incr(key);
        return Era.replies(commands.exec());
    }

    @Override
    public Object pipeline(String key, int count) throws Exception {
        connection.setAutoFlushCommands(false);
        RedisAsyncCommands<String, String> async = connection.async();
        List<RedisFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(async.incr(key));
        }
        connection.flushCommands();
        List<Object> replies = new ArrayList<>();
        for (RedisFuture<Long> future : futures) {
            replies.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        connection.setAutoFlushCommands(true);
        return replies;
    }

    @Override
    public Object lostWatch(String key, Client other) throws Exception {
        commands.watch(key);
        other.increment(key);
        commands.multi();
        commands.set(key, "mine");
        return Era.replies(commands.exec());
    }

    @Override
    public Object publish(String channel, String message) {
        return commands.publish(channel, message);
    }

    @Override
    public AutoCloseable subscribe(String channel, Consumer<String> messages) {
        StatefulRedisPubSubConnection<String, String> subscription = client.connectPubSub();
        subscription.addListener(new RedisPubSubAdapter<String, String>() {
            @Override
            public void message(String from, String message) {
                messages.accept(message);
            }
        });
        subscription.sync().subscribe(channel);
        return subscription::close;
    }

    @Override
    public void close() {
        connection.close();
    }
}
