package dev.redoubt.it.hooks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.redisson.Redisson;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisSentinelPool;

/** An application that asks Sentinels and clusters, at ports where nobody listens: of each client of its own. */
final class Topologies {
    private Topologies() {}

    @SuppressWarnings("deprecation") // JedisSentinelPool, which is what applications have
    public static void main(String[] args) {
        String host = "127.0.0.1";
        int cluster = Integer.parseInt(args[0]);
        int sentinel = Integer.parseInt(args[1]);
        int redissonCluster = Integer.parseInt(args[2]);
        int redissonSentinel = Integer.parseInt(args[3]);
        say("jedis-cluster", () -> jedisCluster(new HostAndPort(host, cluster)));
        say("jedis-sentinel", () -> new JedisSentinelPool("primary", Set.of(host + ":" + sentinel)));
        say("jedis", Topologies::jedis);
        say(
                "lettuce-cluster",
                () -> RedisClusterClient.create(RedisURI.create(host, cluster)).connect());
        say("lettuce-sentinel", () -> RedisClient.create().connectSentinel(RedisURI.create(host, sentinel)));
        say(
                "redisson-cluster",
                () -> redisson(config -> config.useClusterServers()
                        .setRetryAttempts(1)
                        .setRetryDelay(new ConstantDelay(Duration.ofMillis(1)))
                        .setConnectTimeout(500)
                        .addNodeAddress("redis://" + host + ":" + redissonCluster)));
        say(
                "redisson-sentinel",
                () -> redisson(config -> config.useSentinelServers()
                        .setRetryAttempts(1)
                        .setRetryDelay(new ConstantDelay(Duration.ofMillis(1)))
                        .setConnectTimeout(500)
                        .setMasterName("primary")
                        .setCheckSentinelsList(false)
                        .addSentinelAddress("redis://" + host + ":" + redissonSentinel)));
        System.exit(0);
    }

    @SuppressWarnings("deprecation")
    private static Object jedisCluster(HostAndPort node) {
        try (JedisCluster jedis = new JedisCluster(node)) {
            return jedis.get("key");
        }
    }

    private static Object jedis() {
        try (Jedis jedis = new Jedis(JedisShapes.HOST, 6379)) {
            return jedis.ping();
        }
    }

    private static Object redisson(java.util.function.Consumer<Config> servers) {
        Config config = new Config();
        servers.accept(config);
        return Redisson.create(config);
    }

    /** What came of it: for exceptions, the innermost cause. */
    private static void say(String what, Callable<Object> attempt) {
        String outcome;
        try {
            outcome = String.valueOf(attempt.call());
        } catch (Exception e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            outcome = root.toString().replace('\n', ' ');
        }
        System.out.println(what + " " + outcome);
    }
}
