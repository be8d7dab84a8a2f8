package dev.redoubt.proxy.config;

/** What a read of a key gets while Redis is down. */
public enum ReadPolicy {
    /** The newest known value, if it is not too old; else what a miss gets. */
    STALE,
    /** What memory acknowledged itself in this outage; else what a miss gets. */
    MISS,
    /** It waits in the backlog, up to the hold budget. */
    HOLD,
    ERROR
}
