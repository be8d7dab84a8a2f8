package dev.redoubt.proxy.config;

/** What a read of a key gets that the memory store does not know, while Redis is down. */
public enum OnMiss {
    NIL,
    /** It waits in the backlog, up to the hold budget. */
    HOLD,
    ERROR
}
