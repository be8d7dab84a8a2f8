package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
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

    /** Returns when the proxy has read Redis's own table of commands, which it asks for when it has connected: from then on it refuses what is not in there. */
    static void tableIsRead(RawClient client) {
        until("Redis's table of commands is read", () -> {
            client.call("MULTI");
            boolean read = client.call("NOSUCHCOMMAND") instanceof RedisError;
            client.call("DISCARD");
            return read;
        });
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
