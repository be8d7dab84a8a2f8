package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final long MILLI = 1_000_000;

    private final Backoff backoff =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofMinutes(1));

    /** Chance at its smallest and at its largest. */
    private static RandomGenerator extreme(boolean largest) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return largest ? bound - 1 : 0;
            }
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # attempt, outage of ms, shortest, longest
            1,         0,            25,       50
            2,         50,           50,       100
            3,         150,          100,      200
            4,         350,          100,      200
            1000,      59999,        100,      200
            1000,      60000,        1500,     3000
            1000,      3600000,      1500,     3000
            1,         60000,        25,       50
            5,         60000,        400,      800
            7,         60000,        1500,     3000
            2147483647, 60000,       1500,     3000
            """)
    void delayDoublesUpToTheCapOfItsTime(int attempt, long sinceMillis, long shortest, long longest) {
        assertEquals(shortest * MILLI, backoff.delayNanos(attempt, sinceMillis * MILLI, extreme(false)));
        assertEquals(longest * MILLI, backoff.delayNanos(attempt, sinceMillis * MILLI, extreme(true)));
    }

    @Test
    void delaysAreSpreadOverTheUpperHalf() {
        SplittableRandom random = new SplittableRandom(1);
        long low = 0;
        for (int i = 0; i < 1_000; i++) {
            long delay = backoff.delayNanos(3, 0, random);
            assertTrue(delay >= 100 * MILLI && delay <= 200 * MILLI, () -> "delay " + delay);
            low += delay < 150 * MILLI ? 1 : 0;
        }
        assertTrue(low > 400 && low < 600, low + " of 1000 in the lower quarter");
    }

    @Test
    void longestDelaysThatCanBeSetDoNotOverflow() {
        Backoff slow =
                new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(1));

        assertEquals(
                Duration.ofMinutes(10).toNanos(),
                slow.delayNanos(1_000_000, Duration.ofDays(400).toNanos(), extreme(true)));
    }
}
