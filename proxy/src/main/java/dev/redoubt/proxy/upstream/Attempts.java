package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;

/** What failed, and when it is tried again: all connections to one Redis fail and come back together. Confined to the lane. */
final class Attempts {
    private final Lane lane;
    private final Backoff backoff;
    private final Away away;
    private final PrimarySearch search;
    private final OutageLog log;
    private boolean closed;

    Attempts(Lane lane, Backoff backoff, Away away, PrimarySearch search, OutageLog log) {
        this.lane = lane;
        this.backoff = backoff;
        this.away = away;
        this.search = search;
        this.log = log;
    }

    /** @param stood whether the connection stood before: else it could not be opened */
    void failed(String cause, boolean stood) {
        if (closed) {
            return;
        }
        away.onFailure(cause);
        if (stood) {
            log.lost(cause);
        } else {
            log.failed(cause);
        }
    }

    /** Runs the task after a pause that grows with the number of failures. */
    void later(Runnable attempt) {
        if (closed) {
            return;
        }
        long now = lane.nanoTime();
        int tries = Math.max(1, Math.max(away.failedAttempts(), search.attempts(now)));
        long delay = backoff.delayNanos(tries, now - away.sinceNanos(), lane.random());
        lane.executor().schedule(attempt, delay);
    }

    void close() {
        closed = true;
    }
}
