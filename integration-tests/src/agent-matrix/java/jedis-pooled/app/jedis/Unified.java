package app.jedis;

import app.Lines;
import app.Place;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

/** Jedis 4 to 7, where it is called JedisPooled. */
final class Unified {
    private Unified() {}

    static UnifiedJedis open(Place place) {
        return new JedisPooled(place.host, place.port);
    }

    static void shapes(Place place, Lines lines) {
        lines.say("unified: a single connection", () -> {
            try (UnifiedJedis jedis = new UnifiedJedis(new HostAndPort(place.host, place.port))) {
                return jedis.set("unified:shape", "one") + jedis.get("unified:shape");
            }
        });
        lines.say("unified: by a URL", () -> {
            try (JedisPooled jedis = new JedisPooled(place.uri())) {
                return jedis.set("unified:shape", "url") + jedis.get("unified:shape");
            }
        });
    }
}
