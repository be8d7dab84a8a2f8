package dev.redoubt.proxy.status;

import java.util.Locale;

/** Why a session holds an upstream connection alone. */
public enum LeaseReason {
    /** It watches keys. */
    WATCH,
    /** A command that waits at Redis: BLPOP, XREAD BLOCK. */
    BLOCKING,
    /** WAIT or WAITAOF. */
    REPLICAS,
    /** A script that may not end soon. */
    SCRIPT,
    /** A command that is too large to be kept until it is whole. */
    LARGE_COMMAND,
    /** A command whose reply is, or was before, large. */
    LARGE_REPLY,
    /** A transaction that changes its connection. */
    TRANSACTION,
    /** MONITOR, tracking: for the session's life. */
    DEDICATED;

    /** As metrics and pages have it: {@code large_command}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
