package dev.redoubt.proxy.time;

import java.time.Duration;

/** Lets one of many repetitions through in an interval, and counts the others: for log lines. Confined to its owner's thread. */
public final class Throttle {
    private final long intervalNanos;
    private boolean used;
    private long lastNanos;
    private long held;

    public Throttle(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** 0: keep quiet. Otherwise, how many there were since the last one that was let through, this one included. */
    public long pass(long nowNanos) {
        held++;
        if (used && nowNanos - lastNanos < intervalNanos) {
            return 0;
        }
        used = true;
        lastNanos = nowNanos;
        long times = held;
        held = 0;
        return times;
    }
}
