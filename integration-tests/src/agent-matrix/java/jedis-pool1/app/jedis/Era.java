package app.jedis;

import app.Lines;
import app.Place;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Jedis 2.1: a pool of Commons Pool 1, to which one gives back by hand; nothing can be closed. */
final class Era {
    private Era() {}

    static void close(Jedis jedis) {
        jedis.disconnect();
    }

    /** There is no command for it yet. */
    static void name(Place place, Lines lines) {}

    static final class Pool implements AutoCloseable {
        private final JedisPool pool;

        Pool(Place place) {
            JedisPoolConfig config = new JedisPoolConfig();
            config.setMaxActive(4);
            pool = new JedisPool(config, place.host, place.port);
        }

        Jedis take() {
            return pool.getResource();
        }

        void giveBack(Jedis jedis) {
            pool.returnResource(jedis);
        }

        @Override
        public void close() {
            pool.destroy();
        }
    }
}
