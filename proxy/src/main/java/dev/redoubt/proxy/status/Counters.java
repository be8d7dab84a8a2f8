package dev.redoubt.proxy.status;

/** One number for each {@link Counter}. Confined to its lane; a copy may leave it if nobody adds to it. */
public final class Counters {
    private final long[] counts;

    public Counters() {
        this(new long[Counter.values().length]);
    }

    private Counters(long[] counts) {
        this.counts = counts;
    }

    public void increment(Counter counter) {
        counts[counter.ordinal()]++;
    }

    /** Adds an amount that is not negative. */
    public void add(Counter counter, long amount) {
        assert amount >= 0 : counter + " by " + amount;
        counts[counter.ordinal()] += amount;
    }

    public long get(Counter counter) {
        return counts[counter.ordinal()];
    }

    /** What they are now, for a snapshot. */
    public Counters copy() {
        return new Counters(counts.clone());
    }
}
