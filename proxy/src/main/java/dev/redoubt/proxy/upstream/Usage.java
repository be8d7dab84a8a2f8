package dev.redoubt.proxy.upstream;

/** How many sessions use a connection, and since when none does. Confined to the lane. */
final class Usage {
    private int sessions;
    private long idleSinceNanos;

    Usage(long nowNanos) {
        idleSinceNanos = nowNanos;
    }

    void attach() {
        sessions++;
    }

    void detach(long nowNanos) {
        sessions--;
        idleSinceNanos = nowNanos;
    }

    boolean isIdleFor(long nanos, long nowNanos) {
        return sessions == 0 && nowNanos - idleSinceNanos > nanos;
    }
}
