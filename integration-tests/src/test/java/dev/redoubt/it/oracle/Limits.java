package dev.redoubt.it.oracle;

import java.time.Duration;

/**
 * When a test counts as one that hangs.
 *
 * @param stall without a report, and using less of the CPU in it than {@code idle}
 * @param idle what waiting in a loop uses in so long
 * @param test without a report, whatever it does
 * @param unit the whole unit
 * @param hangs so many tests of a unit may hang: each is left out, and the unit run again
 */
record Limits(Duration stall, Duration idle, Duration test, Duration unit, int hangs) {
    /** The longest silence of a test that waits is 15 s, of one that works 50 s where six others share two cores. */
    static final Limits USUAL = new Limits(
            Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofSeconds(150), Duration.ofSeconds(600), 8);
}
