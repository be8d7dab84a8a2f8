package dev.redoubt.proxy.upstream;

/**
 * For how long Redis has been answering {@code -BUSY}: a script has run beyond its time limit. Short, commands wait for its end; long, clients hear what Redis says (docs/decisions/0018). Confined to the lane.
 */
final class BusySpell {
    private final long holdNanos;
    private boolean busy;
    private long sinceNanos;
    private long lastNanos;

    /** @param holdNanos for how long commands wait for the end of it */
    BusySpell(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /** Redis says that it is busy. Whether it has been for so long that its client should hear it. Another spell begins where nothing was heard of the last one for as long as commands wait. */
    boolean isLongAt(long nowNanos) {
        if (!busy || nowNanos - lastNanos > holdNanos) {
            busy = true;
            sinceNanos = nowNanos;
        }
        lastNanos = nowNanos;
        return nowNanos - sinceNanos >= holdNanos;
    }

    /** Whether clients hear of it now: somebody has to find out when it ends. */
    boolean isTold() {
        return busy && lastNanos - sinceNanos >= holdNanos;
    }

    /** Redis has done something that it refuses while it is busy. */
    void end() {
        busy = false;
    }
}
