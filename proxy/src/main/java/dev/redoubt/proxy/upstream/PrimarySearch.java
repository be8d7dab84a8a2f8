package dev.redoubt.proxy.upstream;

import java.util.Map;

/**
 * Whether the primary is being looked for, because a server that was one has said that it is none any more. Confined to the lane.
 *
 * <p>A server that was a replica from the start is what was asked for. One that still is a replica when a failover should long be over is taken as it is.
 */
final class PrimarySearch {
    /** The cause for not using a server. */
    static final String A_REPLICA = "the server is a replica and was a primary: a failover is under way";

    /** So long after a search a new one is a new event, not the old one going on. */
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final long limitNanos;
    private boolean primarySeen;
    private boolean searching;
    private int attempts;
    private long sinceNanos;
    private long lastNanos;

    /** @param limitNanos how long a failover may take */
    PrimarySearch(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** A primary has become a replica. False when that has been so for too long for a failover that is under way. */
    boolean begin(long nowNanos) {
        if (!searching && attempts(nowNanos) == 0) {
            sinceNanos = nowNanos;
        }
        searching = nowNanos - sinceNanos < limitNanos;
        onLeft(nowNanos);
        return searching;
    }

    /** A connection was given up because of what the server said on it. */
    void onLeft(long nowNanos) {
        attempts = nowNanos - lastNanos > QUIET_NANOS ? 1 : attempts + 1;
        lastNanos = nowNanos;
    }

    /** How often that was so in a row: a server that shakes hands and takes no commands must not be connected to without pause. */
    int attempts(long nowNanos) {
        return nowNanos - lastNanos > QUIET_NANOS ? 0 : attempts;
    }

    /** Whether a replica is not what was asked for: there has been a primary. */
    boolean isPrimaryExpected() {
        return primarySeen;
    }

    /** Whether a server that was just connected to is not the one that is looked for. */
    boolean refuses(Map<String, String> info, long nowNanos) {
        if (!isReplica(info)) {
            primarySeen = true;
            searching = false;
        } else if (primarySeen) {
            sinceNanos = searching ? sinceNanos : nowNanos;
            searching = nowNanos - sinceNanos < limitNanos;
            primarySeen = searching;
        }
        return searching;
    }

    private static boolean isReplica(Map<String, String> info) {
        return "slave".equals(info.get("role")) || "replica".equals(info.get("role"));
    }
}
