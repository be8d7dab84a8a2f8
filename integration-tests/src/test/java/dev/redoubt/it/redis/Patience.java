package dev.redoubt.it.redis;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** How this package waits for other processes. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private Patience() {}

    /** Returns when it holds; an error with the description after 20 seconds. */
    static void until(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .until(holds);
    }
}
