package dev.redoubt.it.hooks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** An application that uses Lettuce and Redisson, with hosts that do not exist; and with passwords, these and Jedis. */
final class OtherShapes {
    private OtherShapes() {}

    public static void main(String[] args) {
        lettuce("lettuce", RedisURI.create("redis://redis.invalid:6379"));
        lettuce("lettuce-tls", RedisURI.create("rediss://:secret@redis.invalid:6379"));
        lettuce("lettuce-sentinel", RedisURI.create("redis-sentinel://one.invalid:26379,two.invalid:26379/0#primary"));
        redisson();
        jedis("jedis-login", RedisProtocol.RESP2);
        jedis("jedis-hello", RedisProtocol.RESP3);
        System.exit(0);
    }

    private static void lettuce(String shape, RedisURI uri) {
        RedisClient client = RedisClient.create(uri);
        String before = uri.toString();
        try (StatefulRedisConnection<String, String> connection = client.connect();
                StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
            subscriber.sync().subscribe("channel");
            System.out.println(shape + " " + connection.sync().ping());
            System.out.println(shape + "-uri-is-the-same " + before.equals(uri.toString()));
        } finally {
            client.shutdown(0, 0, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    private static void jedis(String shape, RedisProtocol protocol) {
        JedisClientConfig config = DefaultJedisClientConfig.builder()
                .password("secret")
                .protocol(protocol)
                .build();
        try (Jedis jedis = new Jedis(new HostAndPort(JedisShapes.HOST, 6379), config)) {
            System.out.println(shape + " " + jedis.ping());
        }
    }

    private static void redisson() {
        Config config = new Config().setPassword("secret");
        config.useSingleServer()
                .setAddress("redis://redis.invalid:6379")
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        RedissonClient client = Redisson.create(config);
        client.getBucket("bucket", StringCodec.INSTANCE).set("value");
        System.out.println(
                "redisson " + client.getBucket("bucket", StringCodec.INSTANCE).get());
        client.shutdown();
    }
}
