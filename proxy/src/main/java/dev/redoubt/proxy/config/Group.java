package dev.redoubt.proxy.config;

/** A chapter of settings, in the order in which help and docs show them. */
public enum Group {
    MAIN("Main settings"),
    SOCKETS("Unix sockets: the files of those that listen names"),
    UPSTREAM("Upstream: the Redis that is asked"),
    RESOLVER("DNS: how the upstream's name is looked up"),
    UPSTREAM_TLS("TLS to the upstream (rediss://)"),
    TLS("TLS for clients"),
    RECONNECT("Reconnecting"),
    BACKLOG("Backlog: what waits while Redis is away"),
    REPLAY("Replay"),
    FALLBACK("Fallback: answers from memory"),
    JOURNAL("Journal: writes that memory acknowledged"),
    RECOVERY("Recovery"),
    RECORDER("Flight recorder: what keeps memory warm"),
    CLIENTS("Clients"),
    USERS("Users"),
    LEASES("Leases"),
    SCRIPTS("Scripts"),
    PROCESS("Process");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    /** The heading, for help and docs. */
    public String title() {
        return title;
    }
}
