package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.RequiresRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Redis that answers LOADING is not back yet: its clients see a longer pause. */
@Timeout(60)
@RequiresRedis("7.0")
class LoadingIT {
    private static final int KEYS = 4_000;
    private static final String DELAY_MICROS = "300";

    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        redis = RedisServer.started(
                "--key-load-delay", DELAY_MICROS, "--loading-process-events-interval-bytes", "1024");
        proxy = ProxyProcess.before(redis);
        pages = new ProxyPages(proxy);
        pages.awaitState("up");
        try (RawClient client = proxy.connect()) {
            String[][] sets = new String[KEYS][];
            for (int i = 0; i < KEYS; i++) {
                sets[i] = new String[] {"SET", "key:" + i, "value"};
            }
            client.sendAll(sets);
            for (int i = 0; i < KEYS; i++) {
                assertEquals("OK", client.read());
            }
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void loadingIsPartOfThePause() {
        try (Load load = Load.of(proxy, pages, Library.LETTUCE, Library.RAW)) {
            redis.kill();
            redis.start();

            load.awaitProgress();
            load.verify(redis);
        }
    }
}
