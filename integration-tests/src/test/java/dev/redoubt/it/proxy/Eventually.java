package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** How these tests wait for other processes. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Eventually() {}

    /** Returns when it holds; an error with the description after 20 seconds. */
    static void until(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .until(holds);
    }

    /** Lets an outage last: the promise under test names its length. An error if the condition ends before. */
    static void holdsFor(String what, Duration time, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(time.plus(LIMIT))
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .during(time)
                .until(() -> {
                    assertTrue(holds.call(), () -> what + " has ended");
                    return true;
                });
    }
}
