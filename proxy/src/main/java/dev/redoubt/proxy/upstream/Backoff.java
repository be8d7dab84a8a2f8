package dev.redoubt.proxy.upstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: exponential with full jitter over the upper half, capped low for the first minute, when a restart is likely, and
 * higher after it. Pure but for the injected chance.
 */
public record Backoff(Duration initial, Duration earlyCap, Duration lateCap, Duration earlyPeriod) {
    /** Nanoseconds until attempt number {@code attempt} (the first is 1), so long after the outage began. */
    public long delayNanos(int attempt, long sinceDownNanos, RandomGenerator random) {
        long cap = (sinceDownNanos < earlyPeriod.toNanos() ? earlyCap : lateCap).toNanos();
        long full = Math.min(cap, initial.toNanos() << Math.min(attempt - 1, 20));
        return full / 2 + random.nextLong(full / 2 + 1);
    }
}
