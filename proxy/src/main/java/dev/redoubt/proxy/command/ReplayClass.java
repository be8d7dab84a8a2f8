package dev.redoubt.proxy.command;

/**
 * What a second run of a command would do: does it converge, does it give the same reply, is it harmless if somebody else
 * wrote in between? Declared from harmless to worst, so that a transaction's class is its worst member's.
 */
public enum ReplayClass {
    /** Changes nothing that a client can see. */
    READ,
    /** Continues an iteration of one server run; on another run it would silently be incomplete. */
    CURSOR,
    /** Overwrites whatever is there with what it carries; a write by another in between is lost, in a bounded window. */
    LAST_WINS,
    /** A second run changes nothing more, as long as nobody else wrote in between. Its reply may differ. */
    CONVERGES_ALONE,
    /** Its reply tells who won; a second run finds the first one's work and says the opposite, or fails. */
    DECISION,
    /** Each run adds to the one before, or means other elements than the one before. */
    ACCUMULATES,
    /** The reply is the only copy, or the only trace, of what it removed or replaced. */
    DESTRUCTIVE_READ,
    /** Each run delivers a message. */
    PUBLISH,
    /** A script or EXEC: as its worst member, which the call itself does not show. */
    UNIT,
    /** Changes the server rather than keys. */
    ADMIN,
    /** Nobody has proved anything about it: module commands, options and commands newer than the test servers. */
    UNKNOWN;

    /** The worse of the two. */
    public ReplayClass or(ReplayClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
