package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.status.Counter;
import java.util.function.LongConsumer;

/** How long replies have been missing on a connection that stands. Confined to the lane. */
final class StallWatch {
    private final CommandLog log;
    private boolean alive;
    private boolean stalled;
    private long aliveNanos;

    StallWatch(CommandLog log) {
        this.log = log;
    }

    /** Replies came in, or the connection is new. */
    void onAlive() {
        alive = true;
    }

    boolean isStalled() {
        return stalled;
    }

    /** Redis answers again, or the connection is gone. */
    void end() {
        stalled = false;
    }

    /**
     * To be called a few times a second while the connection carries commands.
     *
     * @param onStalled told since when nothing has come, if the control connection is silent too
     * @param giveUp run at the end of {@code upstream.stall-limit}
     */
    void tick(long nowNanos, UpstreamServer server, LongConsumer onStalled, Runnable giveUp) {
        long silent = silentNanos(nowNanos);
        if (silent > server.timings().stallLimit().toNanos()) {
            server.counters().increment(Counter.UPSTREAM_STALLED);
            giveUp.run();
        } else if (!stalled && silent > server.timings().stallAfter().toNanos() && server.isSilent(nowNanos)) {
            stalled = true;
            onStalled.accept(nowNanos - silent);
        }
    }

    /** How long nothing has come although something is due; 0 if nothing is. */
    private long silentNanos(long nowNanos) {
        long oldest = log.oldestInFlightNanos();
        if (oldest == -1) {
            return 0;
        }
        if (alive) {
            alive = false;
            aliveNanos = nowNanos;
        }
        return Math.min(nowNanos - oldest, nowNanos - aliveNanos);
    }
}
