package dev.redoubt.proxy.config;

/** How patient the proxy is with a Redis that is away. */
public enum Profile {
    /** Keeps trying for ever. */
    PROD,
    /** Two attempts, then fallback or errors at once: a developer wants to know. */
    DEV
}
