package dev.redoubt.proxy.config;

/** Which side wins when a journal entry comes to Redis after an outage. */
public enum RecoverySet {
    /** The journal's, only where Redis still holds what was last seen there. */
    REPLAY_IF_UNCHANGED,
    /** The journal's. */
    LAST_WRITER_WINS,
    /** Redis's: the entry is dropped. */
    UPSTREAM_WINS
}
