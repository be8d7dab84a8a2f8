package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/** The client libraries, each with its default settings. */
enum Library {
    JEDIS {
        @Override
        LoadClient connect(ProxyProcess proxy) {
            return new OfJedis(RedisClient.create(proxy.host(), proxy.port()));
        }
    },
    LETTUCE {
        @Override
        LoadClient connect(ProxyProcess proxy) {
            var client = io.lettuce.core.RedisClient.create("redis://" + proxy.host() + ":" + proxy.port());
            return new OfLettuce(client, client.connect());
        }
    },
    /** No library at all: one that waits as long as the proxy holds. */
    RAW {
        @Override
        LoadClient connect(ProxyProcess proxy) {
            return new OfSocket(proxy.connect().timeout(Duration.ofSeconds(30)));
        }
    };

    abstract LoadClient connect(ProxyProcess proxy);

    record OfJedis(RedisClient jedis) implements LoadClient {
        @Override
        public String get(String key) {
            return jedis.get(key);
        }

        @Override
        public void set(String key, String value) {
            jedis.set(key, value);
        }

        @Override
        public long incr(String key) {
            return jedis.incr(key);
        }

        @Override
        public void close() {
            jedis.close();
        }
    }

    record OfLettuce(io.lettuce.core.RedisClient client, StatefulRedisConnection<String, String> connection)
            implements LoadClient {
        @Override
        public String get(String key) {
            return connection.sync().get(key);
        }

        @Override
        public void set(String key, String value) {
            connection.sync().set(key, value);
        }

        @Override
        public long incr(String key) {
            return connection.sync().incr(key);
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, Duration.ZERO);
        }
    }

    record OfSocket(RawClient socket) implements LoadClient {
        @Override
        public String get(String key) {
            return (String) call("GET", key);
        }

        @Override
        public void set(String key, String value) {
            call("SET", key, value);
        }

        @Override
        public long incr(String key) {
            return (Long) call("INCR", key);
        }

        private Object call(String... command) {
            Object reply = socket.call(command);
            if (reply instanceof RedisError error) {
                throw new IllegalStateException(error.text());
            }
            return reply;
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
