package dev.redoubt.proxy.agentreport;

import dev.redoubt.proxy.time.Clock;

/** So many at once, and so many a second in the long run. Thread-safe. */
final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double burst;
    private final double perSecond;
    private final Clock clock;
    private double left;
    private long filledAtNanos;

    RateLimit(int burst, double perSecond, Clock clock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        this.left = burst;
        this.filledAtNanos = clock.nanoTime();
    }

    /** Whether one more may come now. */
    synchronized boolean allows() {
        long now = clock.nanoTime();
        left = Math.min(burst, left + (now - filledAtNanos) / NANOS_PER_SECOND * perSecond);
        filledAtNanos = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
