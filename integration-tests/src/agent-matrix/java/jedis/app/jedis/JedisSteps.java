package app.jedis;

import app.CommonSteps;
import app.Lines;
import app.Place;
import app.Steps;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/** The class {@link Jedis}, which all versions have. */
public final class JedisSteps implements Steps {
    private static final int POOL_ROUNDS = 20;

    @Override
    public Object unclosed(Place place, int count) {
        List<Jedis> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Jedis jedis = new Jedis(place.host, place.port);
            all.add(jedis);
            jedis.set("unclosed:" + i, "value " + i);
            if (!("value " + i).equals(jedis.get("unclosed:" + i))) {
                throw new IllegalStateException("another value than was set");
            }
        }
        return all;
    }

    @Override
    public void all(Place place, Lines lines) throws Exception {
        new CommonSteps("jedis", place, lines, JedisClient::new).run();
        pool(place, lines);
        databases(place, lines);
        new Shapes(place, lines).run();
        Era.name(place, lines);
    }

    @Override
    public void refused(Place place, Lines lines) {
        new CommonSteps("jedis", place, lines, JedisClient::new).refused();
        lines.say("jedis: pool refused", () -> {
            try (Era.Pool pool = new Era.Pool(place)) {
                return pool.take().get("jedis:value");
            }
        });
    }

    private static void pool(Place place, Lines lines) {
        lines.say("jedis: pool", () -> {
            try (Era.Pool pool = new Era.Pool(place)) {
                long last = 0;
                for (int i = 0; i < POOL_ROUNDS; i++) {
                    Jedis first = pool.take();
                    Jedis second = pool.take();
                    first.incr("jedis:pool");
                    last = second.incr("jedis:pool");
                    pool.giveBack(first);
                    pool.giveBack(second);
                }
                return last;
            }
        });
    }

    private static void databases(Place place, Lines lines) {
        lines.say("jedis: databases", () -> {
            Jedis jedis = new Jedis(place.host, place.port);
            List<Object> seen = new ArrayList<>();
            seen.add(jedis.set("jedis:database", "zero"));
            seen.add(jedis.select(1));
            seen.add(jedis.get("jedis:database"));
            seen.add(jedis.select(0));
            seen.add(jedis.get("jedis:database"));
            Era.close(jedis);
            return seen;
        });
        lines.say("jedis: password nobody asked for", () -> {
            Jedis jedis = new Jedis(place.host, place.port);
            try {
                return jedis.auth("needless");
            } finally {
                Era.close(jedis);
            }
        });
    }
}
