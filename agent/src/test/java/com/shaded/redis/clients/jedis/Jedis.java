package com.shaded.redis.clients.jedis;

import java.util.function.Consumer;

/** Stands for the class of a client library, as hooks change it: it tells of itself right after Object's constructor. */
public class Jedis {
    /** Who is told. */
    public static final ThreadLocal<Consumer<Object>> OBSERVER = new ThreadLocal<>();

    public Jedis() {
        OBSERVER.get().accept(this);
    }
}
