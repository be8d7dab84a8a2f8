package dev.redoubt.it.hooks;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** An application that makes Jedis clients in every way there is, of a host that does not exist. */
final class JedisShapes {
    static final String HOST = "redis.invalid";
    private static final int PORT = 6379;
    private static final String FROM_A_STATIC_INITIALISER;

    static {
        try (Jedis jedis = new Jedis(HOST, PORT)) {
            FROM_A_STATIC_INITIALISER = jedis.ping();
        }
    }

    private JedisShapes() {}

    public static void main(String[] args) throws Exception {
        System.out.println("static-initialiser " + FROM_A_STATIC_INITIALISER);
        BiFunction<String, Integer, Jedis> reference = Jedis::new;
        Supplier<Jedis> lambda = () -> new Jedis(HOST, PORT);
        show("lambda", lambda.get());
        show("constructor-reference", reference.apply(HOST, PORT));
        show("reflection", Jedis.class.getConstructor(String.class, int.class).newInstance(HOST, PORT));
        show("subclass", new Sub());
        show("anonymous-subclass", new Jedis(HOST, PORT) {});
        show("tls", new Jedis(HOST, PORT, true));
        show(
                "config",
                new Jedis(
                        new HostAndPort(HOST, PORT),
                        DefaultJedisClientConfig.builder().build()));
        discard();
        pooled();
        unified("redis-client", RedisClient.create(HOST, PORT));
    }

    private static void show(String shape, Jedis jedis) {
        try (jedis) {
            System.out.println(shape + " " + jedis.ping());
        }
    }

    @SuppressWarnings("deprecation")
    private static void pooled() {
        try (JedisPool pool = new JedisPool(HOST, PORT)) {
            show("pool", pool.getResource());
        }
    }

    private static void unified(String shape, UnifiedJedis jedis) {
        try (jedis) {
            System.out.println(shape + " " + jedis.ping());
        }
    }

    @SuppressWarnings("resource")
    private static void discard() {
        new Jedis(HOST, PORT);
        System.out.println("discarded PONG");
    }

    private static final class Sub extends Jedis {
        Sub() {
            super(HOST, PORT);
        }
    }
}
