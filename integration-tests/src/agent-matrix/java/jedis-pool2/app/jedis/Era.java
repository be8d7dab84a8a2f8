package app.jedis;

import app.Lines;
import app.Place;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Jedis from 2.6 on: a pool of Commons Pool 2, to which one gives back by closing. */
final class Era {
    private Era() {}

    static void close(Jedis jedis) {
        jedis.close();
    }

    /** A name that the application gives is the one that it sees. */
    static void name(Place place, Lines lines) {
        lines.say("jedis: name", () -> {
            try (Jedis jedis = new Jedis(place.host, place.port)) {
                return jedis.clientSetname("of-the-application") + " " + jedis.clientGetname();
            }
        });
    }

    static final class Pool implements AutoCloseable {
        private final JedisPool pool;

        Pool(Place place) {
            JedisPoolConfig config = new JedisPoolConfig();
            config.setMaxTotal(4);
            pool = new JedisPool(config, place.host, place.port);
        }

        Jedis take() {
            return pool.getResource();
        }

        void giveBack(Jedis jedis) {
            jedis.close();
        }

        @Override
        public void close() {
            pool.destroy();
        }
    }
}
