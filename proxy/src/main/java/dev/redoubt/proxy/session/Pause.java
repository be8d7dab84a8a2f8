package dev.redoubt.proxy.session;

/** Why a session's input waits. */
enum Pause {
    /** It does not. */
    NONE,
    /** The next command goes elsewhere than those that are in flight (law 4). */
    REPLIES_DUE,
    /** Enough is in flight. */
    WINDOW,
    /** Redis takes less than clients send. */
    CONGESTION,
    /** Something that was asked for is on its way: a lease, a verified password, a database. */
    ANSWER,
    /** It goes on elsewhere, and what it was told is in doubt may still be applied over a lost connection. */
    FENCE,
    /** CLIENT PAUSE holds the next command. */
    PAUSED,
    /** The client does not read its replies. */
    OUTPUT,
    /** It is closing: nothing more is read. */
    CLOSING
}
