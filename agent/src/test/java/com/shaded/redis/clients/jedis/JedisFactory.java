package com.shaded.redis.clients.jedis;

/** Stands for what a pool asks for one more. */
public final class JedisFactory {
    public Jedis makeObject() {
        return new Jedis();
    }
}
