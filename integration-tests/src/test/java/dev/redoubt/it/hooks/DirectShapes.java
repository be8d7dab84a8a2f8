package dev.redoubt.it.hooks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** An application with a client of each library, with and without TLS. */
final class DirectShapes {
    private static final String HOST = "127.0.0.1";

    private DirectShapes() {}

    /** @param args the Redis's port, and the one for TLS */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int tlsPort = Integer.parseInt(args[1]);
        jedis("jedis", port, DefaultJedisClientConfig.builder().build());
        jedis(
                "jedis-tls",
                tlsPort,
                DefaultJedisClientConfig.builder()
                        .sslOptions(SslOptions.builder()
                                .sslVerifyMode(SslVerifyMode.INSECURE)
                                .build())
                        .build());
        lettuce("lettuce", RedisURI.create("redis://" + HOST + ":" + port));
        RedisURI tls = RedisURI.create("rediss://" + HOST + ":" + tlsPort);
        tls.setVerifyPeer(false);
        lettuce("lettuce-tls", tls);
        redisson(port);
        System.exit(0);
    }

    private static void jedis(String shape, int port, JedisClientConfig config) {
        try (Jedis jedis = new Jedis(new HostAndPort(HOST, port), config)) {
            System.out.println(shape + " " + jedis.ping());
        }
    }

    private static void lettuce(String shape, RedisURI uri) {
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            System.out.println(shape + " " + connection.sync().ping());
        } finally {
            client.shutdown(0, 0, TimeUnit.SECONDS);
        }
    }

    private static void redisson(int port) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://" + HOST + ":" + port)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        RedissonClient client = Redisson.create(config);
        client.getBucket("bucket", StringCodec.INSTANCE).set("value");
        System.out.println(
                "redisson " + client.getBucket("bucket", StringCodec.INSTANCE).get());
        client.shutdown();
    }
}
