package dev.redoubt.proxy.status;

/** What becomes of a command now. */
public enum ProxyState {
    /** There is no Redis by configuration: memory answers. */
    MEMORY_ONLY,
    /** No upstream has been reached since the start; commands are held. */
    CONNECTING,
    /** The upstream answers. */
    UP,
    /** The upstream is away; commands wait in the backlog. */
    HOLDING,
    /** The upstream is away; memory answers what it can. */
    FALLBACK
}
