package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.RedisServer;

/** How long a server runs. */
final class Uptime {
    private static final int SECONDS = 3;

    private Uptime() {}

    /**
     * Redis tells how long it runs in whole seconds: a next run that is hardly younger than the last is not known to be
     * younger, so that the last one's connections count as unfenced, and no write is repeated. Where a test wants them
     * repeated, Redis has to have run for a while.
     */
    static void awaitEnough(RedisServer redis) {
        Eventually.until("some uptime", () -> Integer.parseInt(redis.info("uptime_in_seconds")) >= SECONDS);
    }
}
