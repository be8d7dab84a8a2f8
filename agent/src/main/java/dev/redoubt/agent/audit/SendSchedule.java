package dev.redoubt.agent.audit;

import java.util.concurrent.TimeUnit;

/**
 * When to send the next report: once a minute, less and less often to a proxy that does not take them, and then no more. Confined to one
 * thread.
 */
final class SendSchedule {
    static final int MAX_FAILURES = 10;

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_DOUBLINGS = 6;

    private long dueNanos;
    private int failures;

    SendSchedule(long nowNanos) {
        dueNanos = nowNanos + FIRST_NANOS;
    }

    boolean isDue(long nowNanos) {
        return !hasGivenUp() && nowNanos - dueNanos >= 0;
    }

    /** After so many failures in a row there is no proxy that wants to hear. */
    boolean hasGivenUp() {
        return failures >= MAX_FAILURES;
    }

    void sent(boolean isTaken, long nowNanos) {
        failures = isTaken ? 0 : failures + 1;
        dueNanos = nowNanos + (EVERY_NANOS << Math.min(failures, MAX_DOUBLINGS));
    }
}
