package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of the upstream's state, and none for what repeats itself. Confined to the lane. */
final class OutageLog {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamServer.class);

    private final String upstream;
    private long sinceNanos;
    private int failures;
    private boolean away;
    private @Nullable String lastCause;

    OutageLog(String upstream) {
        this.upstream = upstream;
    }

    void lost(String cause, long nowNanos) {
        if (!away) {
            away = true;
            sinceNanos = nowNanos;
            failures = 0;
            LOG.atWarn()
                    .addKeyValue("upstream", upstream)
                    .addKeyValue("cause", cause)
                    .log("Redis is away: commands wait, and go out in order when it is back");
        }
    }

    void failed(String cause, long nowNanos) {
        lost(cause, nowNanos);
        failures++;
        if (failures > 1 && !cause.equals(lastCause)) {
            LOG.atWarn()
                    .addKeyValue("upstream", upstream)
                    .addKeyValue("cause", cause)
                    .log("Redis is still away");
        }
        lastCause = cause;
    }

    void fallback(long nowNanos) {
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("awayMillis", (nowNanos - sinceNanos) / 1_000_000)
                .log("Answering from memory what memory can answer; the rest waits for its hold budget");
    }

    void stalled(long nowNanos) {
        if (!away) {
            away = true;
            sinceNanos = nowNanos;
            failures = 0;
        }
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .log(
                        "Redis takes commands but does not answer (a long command, a fork, a stopped process): its connection is kept");
    }

    void back(String version, long nowNanos) {
        if (!away) {
            return;
        }
        away = false;
        LOG.atInfo()
                .addKeyValue("upstream", upstream)
                .addKeyValue("version", version)
                .addKeyValue("awayMillis", (nowNanos - sinceNanos) / 1_000_000)
                .addKeyValue("failedAttempts", failures)
                .log("Redis is back: all commands are forwarded again");
        lastCause = null;
    }

    void connected(String version) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream)
                .addKeyValue("version", version)
                .log("Connected to Redis");
    }

    void unfenceable(String cause) {
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("cause", cause)
                .log(
                        "A lost connection cannot be fenced: writes that were in flight on it are answered with -INDOUBT, not repeated");
    }
}
