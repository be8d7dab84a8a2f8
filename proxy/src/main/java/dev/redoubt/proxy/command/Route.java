package dev.redoubt.proxy.command;

/** Where a command goes outside MULTI. Inside MULTI it is queued, and on a leased connection it stays on the lease. */
public enum Route {
    /** Forwarded on the shared connection: the hot path. */
    SHARED,
    /** Answered or kept by the session itself: HELLO, AUTH, SELECT, CLIENT SETNAME. */
    SESSION,
    /** MULTI, EXEC, DISCARD: opens, sends or drops the session's queue. */
    TRANSACTION,
    /** WATCH leases a connection until EXEC, DISCARD or UNWATCH; UNWATCH without a watch changes nothing. */
    WATCH,
    /** Leases a connection for this one command, which may wait at the server. */
    BLOCKING,
    /** WAIT and WAITAOF: their answer is about the connection that wrote, so they need the ceremony of design.md. */
    WAIT,
    /** Joins or leaves channels: the session's subscriptions. */
    SUBSCRIBE,
    /** PUBLISH and its relatives: as SHARED, but for a count of subscribers in the reply, of which Redis knows one where there are several. */
    AUDIENCE,
    /** SCAN and its relatives: as SHARED, but cursors of an earlier run of the server are refused. */
    CURSOR,
    /** Shows what Redis and the proxy do, as the clients' doing: a connection of its own, read by the proxy. */
    MONITOR,
    /** CLIENT TRACKING, GETREDIR, TRACKINGINFO: a connection of the session's own while it tracks. */
    TRACKING,
    /** Changes its connection for good (SCRIPT DEBUG): a lease for the session's life. */
    DEDICATED,
    /** EVAL and its like, and what loads or drops scripts: shared for those that are known to be quick, else a lease for this one call. */
    SCRIPT,
    /** INFO: forwarded alone, so that a section of the proxy's own can be put behind the reply. */
    INFO,
    /** SCRIPT KILL, FUNCTION KILL: a connection other than the one on which the script runs. */
    KILL,
    /** Forwarded on the shared connection, and changes who may log in. */
    USERS,
    /** Has a reply as large as it likes (KEYS): a lease for this one command while Redis answers, else as SHARED. */
    LARGE,
    /** Makes no sense through a proxy that shares connections (SYNC, PSYNC, REPLCONF): a clear error. */
    REFUSED
}
