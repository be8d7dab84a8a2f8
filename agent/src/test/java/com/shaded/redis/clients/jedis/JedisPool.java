package com.shaded.redis.clients.jedis;

/** Stands for a class of the library that makes one of its own for itself. */
public class JedisPool {
    public final Jedis first = new Jedis();
}
