package dev.redoubt.proxy.lane;

/**
 * For how long one connection's other machine has owed an acknowledgement and sent none. One a connection, confined to its loop; time comes from the caller.
 *
 * <p>Not TCP_USER_TIMEOUT: it also ends a connection whose other side acknowledges everything and takes nothing, as a stopped process does whose receive buffer is full ({@code tcp_probe_timer} in
 * net/ipv4/tcp_timer.c of Linux counts from the first probe of a closed window, answered or not).
 */
public final class Unacknowledged {
    private static final long NOTHING_DUE = -1;
    private static final long MILLI_NANOS = 1_000_000;

    private long sinceNanos = NOTHING_DUE;

    /** Takes a new reading. Returns how long nothing has come although something was due, in nanoseconds; counted from the first reading that showed it. */
    public long nanos(Acknowledgement reading, long nowNanos) {
        if (!reading.isDue()) {
            sinceNanos = NOTHING_DUE;
            return 0;
        }
        long lastNanos = nowNanos - reading.ageMillis() * MILLI_NANOS;
        if (sinceNanos == NOTHING_DUE) {
            sinceNanos = nowNanos;
        } else if (lastNanos - sinceNanos > 0) {
            sinceNanos = lastNanos;
        }
        return nowNanos - sinceNanos;
    }
}
