package dev.redoubt.proxy.fallback;

/** What a miss means. */
public enum Mode {
    /** No upstream is configured, or none was ever seen: the store is the truth, and a miss is an absent key. */
    MEMORY_ONLY,
    /** An upstream was seen and is away: what the store does not hold, it does not know. */
    OUTAGE
}
