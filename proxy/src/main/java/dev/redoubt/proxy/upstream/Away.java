package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;

/** Whether Redis is away, since when and why, and how often it was tried since. Confined to the lane. */
final class Away {
    private final Lane lane;
    private final Counters counters;
    private boolean away = true;
    private int failedAttempts;
    private long sinceNanos;
    private long changedEpochMillis;
    private String lastError = "not connected yet";

    Away(Lane lane, Counters counters) {
        this.lane = lane;
        this.counters = counters;
        this.sinceNanos = lane.nanoTime();
        this.changedEpochMillis = lane.clock().epochMillis();
    }

    /** An attempt to reach it has failed, or a connection was lost. */
    void onFailure(String cause) {
        failedAttempts++;
        begin(cause);
    }

    /** Nothing more is to be expected of it for now. */
    void begin(String cause) {
        lastError = cause;
        if (!away) {
            away = true;
            sinceNanos = lane.nanoTime();
            changedEpochMillis = lane.clock().epochMillis();
            counters.increment(Counter.OUTAGES);
        }
    }

    /** It is back. */
    void end() {
        counters.add(Counter.DOWN_MILLIS, (lane.nanoTime() - sinceNanos) / 1_000_000);
        away = false;
        failedAttempts = 0;
        changedEpochMillis = lane.clock().epochMillis();
    }

    boolean isAway() {
        return away;
    }

    int failedAttempts() {
        return failedAttempts;
    }

    /** When it went away last. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** When it last went away or came back. */
    long changedEpochMillis() {
        return changedEpochMillis;
    }

    String lastError() {
        return lastError;
    }
}
