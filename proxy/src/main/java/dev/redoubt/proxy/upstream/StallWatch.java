package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.status.Counter;
import java.util.function.LongConsumer;

/** How long nothing has come on a connection that stands: replies that are due, or anything at all. Confined to the lane. */
final class StallWatch {
    private final CommandLog log;
    private final UpstreamServer server;
    private boolean alive = true;
    private boolean stalled;
    private long aliveNanos;

    StallWatch(CommandLog log, UpstreamServer server) {
        this.log = log;
        this.server = server;
    }

    /** Replies came in, or commands go out from now on. */
    void onAlive() {
        alive = true;
    }

    boolean isStalled() {
        return stalled;
    }

    /** Redis answers again. */
    void end() {
        stalled = false;
    }

    /**
     * To be called a few times a second while the connection carries commands.
     *
     * @param onStalled told since when nothing has come, if the control connection is silent too
     * @param giveUp run at the end of {@code upstream.stall-limit}
     */
    void tick(long nowNanos, LongConsumer onStalled, Runnable giveUp) {
        if (alive) {
            alive = false;
            aliveNanos = nowNanos;
        }
        long silent = silentNanos(nowNanos);
        if (silent > server.timings().stallLimit().toNanos()) {
            server.counters().increment(Counter.UPSTREAM_STALLED);
            giveUp.run();
        } else if (!stalled
                && silent > server.timings().stallAfter().toNanos()
                && server.witness().isSilent(nowNanos)) {
            stalled = true;
            onStalled.accept(nowNanos - silent);
        }
    }

    /** How long nothing has come although something is due; 0 if nothing is. */
    private long silentNanos(long nowNanos) {
        long oldest = log.oldestInFlightNanos();
        return oldest == -1 ? 0 : Math.min(nowNanos - oldest, nowNanos - aliveNanos);
    }

    /** How long nothing has come and nothing was due; 0 if something is. As of the last tick. */
    long idleNanos(long nowNanos) {
        return log.isEmpty() ? nowNanos - aliveNanos : 0;
    }
}
