package dev.redoubt.it.bench;

import java.util.OptionalDouble;

/**
 * A goal held against what was measured.
 *
 * @param goal what is wanted, in words
 * @param benchCase the case's name, or what else was measured
 * @param value what decides; for loads a ratio of medians
 * @param paired the median of per-round ratios, where there are rounds: it should agree
 */
record Verdict(String goal, String benchCase, Bound bound, double limit, double value, OptionalDouble paired) {
    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    boolean met() {
        return met(value);
    }

    /** The two ways to compare disagree: more rounds or a quieter machine are needed. */
    boolean isClose() {
        return paired.isPresent() && met(paired.getAsDouble()) != met();
    }

    private boolean met(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }
}
