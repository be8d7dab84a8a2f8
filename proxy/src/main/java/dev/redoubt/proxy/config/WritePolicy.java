package dev.redoubt.proxy.config;

/** What becomes of a write to a key while Redis is down. */
public enum WritePolicy {
    /** It is acknowledged, and Redis is told when it is back. */
    JOURNAL,
    /** It is acknowledged, and forgotten when Redis is back. */
    LOCAL,
    /** It waits in the backlog, up to the hold budget. */
    HOLD,
    REJECT
}
