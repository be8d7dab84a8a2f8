package app.jedis;

import app.Lines;
import app.Place;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Jedis from 7.2 on, where it is called RedisClient. */
final class Unified {
    private Unified() {}

    static UnifiedJedis open(Place place) {
        return RedisClient.create(place.host, place.port);
    }

    static void shapes(Place place, Lines lines) {
        lines.say("unified: built", () -> {
            try (RedisClient jedis =
                    RedisClient.builder().hostAndPort(place.host, place.port).build()) {
                return jedis.set("unified:shape", "built") + jedis.get("unified:shape");
            }
        });
        lines.say("unified: by a URL", () -> {
            try (RedisClient jedis = RedisClient.create(place.uri())) {
                return jedis.set("unified:shape", "url") + jedis.get("unified:shape");
            }
        });
    }
}
