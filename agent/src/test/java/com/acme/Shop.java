package com.acme;

import com.shaded.redis.clients.jedis.Jedis;
import com.shaded.redis.clients.jedis.JedisFactory;
import com.shaded.redis.clients.jedis.JedisPool;

/** An application: each method makes one client, on a line that its test knows by the marker. */
public final class Shop {
    private Shop() {}

    public static void plain() {
        new Jedis(); // plain
    }

    public static void lambda() {
        Maker maker = () -> new Jedis(); // lambda
        maker.make();
    }

    public static void methodReference() {
        Maker maker = Jedis::new;
        maker.make(); // methodReference
    }

    public static void reflection() throws ReflectiveOperationException {
        Jedis.class.getConstructor().newInstance(); // reflection
    }

    public static void anonymous() {
        new Jedis() {}; // anonymous
    }

    public static void subclass() {
        new OurJedis(); // subclass
    }

    public static void holder() {
        new Holder();
    }

    public static void pooled() {
        new JedisFactory().makeObject(); // pooled
    }

    public static void part() {
        new JedisPool(); // part
    }

    private interface Maker {
        Jedis make();
    }

    private static class OurJedis extends Jedis {
        OurJedis() {
            super();
        }
    }

    static final class Holder {
        final Jedis jedis = new Jedis(); // holder
    }
}
