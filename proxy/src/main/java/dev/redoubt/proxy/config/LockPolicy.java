package dev.redoubt.proxy.config;

/** What becomes of a lock ({@code SET k v NX} with an expiry, and the scripts around it) while Redis is down. */
public enum LockPolicy {
    /** One winner among the clients of this proxy; Redis is told when it is back. */
    LOCAL,
    /** Everybody who asks gets it, and nothing is remembered. */
    FAIL_OPEN,
    /** It waits in the backlog, up to the hold budget. */
    HOLD,
    REJECT
}
