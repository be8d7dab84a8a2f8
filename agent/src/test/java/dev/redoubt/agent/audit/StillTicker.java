package dev.redoubt.agent.audit;

import java.util.concurrent.TimeUnit;

/** Stands still unless moved. */
final class StillTicker implements Ticker {
    private long nanos;

    void move(long amount, TimeUnit unit) {
        nanos += unit.toNanos(amount);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return 1_700_000_000_000L + TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
