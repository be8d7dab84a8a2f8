package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.time.Clock;

/** Time that stands still until it is told to go on. */
final class ManualClock implements Clock {
    private long millis = 1_700_000_000_000L;

    @Override
    public long nanoTime() {
        return millis * 1_000_000;
    }

    @Override
    public long epochMillis() {
        return millis;
    }

    void advance(long millis) {
        this.millis += millis;
    }
}
