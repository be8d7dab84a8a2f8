package dev.redoubt.it.differential;

import static org.junit.jupiter.api.Assertions.fail;

import dev.redoubt.it.redis.RequiresRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client cannot tell the proxy from Redis, whatever it says: the same random plays for some seconds each time. {@code ./dev differential} makes others, and goes on for longer. */
@RequiresRedis("7.0")
class DifferentialIT {
    private static final long SEED = Long.getLong("redoubt.seed", 1);
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    @Test
    @Timeout(180)
    void repliesAreThoseOfRedis() {
        System.out.println("seed " + SEED);
        long end = System.nanoTime() + LENGTH.toNanos();
        try (Rig rig = new Rig()) {
            Run run = new Run(rig, SHRINKING);
            for (long seed = SEED; System.nanoTime() < end; seed++) {
                run.findings(seed).ifPresent(found -> fail(found));
            }
        }
    }
}
