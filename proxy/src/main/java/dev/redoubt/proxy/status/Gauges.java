package dev.redoubt.proxy.status;

/** One number for each {@link Gauge}, filled when a snapshot is taken. Confined to whoever fills it, then read only. */
public final class Gauges {
    private final long[] amounts = new long[Gauge.values().length];

    /** Returns itself, for chains. */
    public Gauges set(Gauge gauge, long amount) {
        amounts[gauge.ordinal()] = amount;
        return this;
    }

    public long get(Gauge gauge) {
        return amounts[gauge.ordinal()];
    }
}
