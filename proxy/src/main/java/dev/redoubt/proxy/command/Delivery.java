package dev.redoubt.proxy.command;

/** What its user has chosen for a command that is in doubt. */
public enum Delivery {
    /** Nothing: its replay class decides. */
    BY_CLASS,
    /** A write is never repeated. */
    AT_MOST_ONCE,
    /** It is repeated although it may take effect twice. */
    AT_LEAST_ONCE
}
