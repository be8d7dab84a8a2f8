package com.shaded.redis.clients.jedis;

import java.util.function.Supplier;

/** A pool that asks Sentinels, and whose members are of the primary that these name. */
public final class JedisSentinelPool {
    private JedisSentinelPool() {}

    public static <T> T asking(Supplier<T> question) {
        return question.get();
    }

    public static <T> T borrowing(Supplier<T> question) {
        return Factory.makeObject(question);
    }

    private static final class Factory {
        private static <T> T makeObject(Supplier<T> question) {
            return question.get();
        }
    }
}
