package dev.redoubt.it.bench;

import java.util.Arrays;

/** Order statistics. Pure. */
final class Stats {
    private Stats() {}

    /** The middle value; between the two middle ones where their number is even. */
    static double median(double... values) {
        return quantile(0.5, values);
    }

    /** Linear between the closest ranks: the p-th quantile of n values is at rank p * (n - 1). */
    static double quantile(double p, double... values) {
        if (values.length == 0 || p < 0 || p > 1) {
            throw new IllegalArgumentException("a quantile needs a value, and p from 0 to 1: " + p);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = p * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    static Spread spread(double... values) {
        return new Spread(quantile(0.25, values), median(values), quantile(0.75, values), values.length);
    }

    /** A median with its quartiles, over {@code count} values. */
    record Spread(double lower, double median, double upper, int count) {}
}
