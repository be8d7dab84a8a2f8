package dev.redoubt.proxy.sim;

/** A way to break the proxy from outside, by a collaborator that lies: each must be caught, or the simulation proves nothing. */
enum Mutant {
    NONE,
    /** INCR and all other writes count as reads: they are repeated. */
    JUDGE_CALLS_WRITES_READS,
    /** SET counts as unknown: it is answered with an error although repeating it is harmless. */
    JUDGE_CALLS_SET_UNKNOWN,
    /** What its user wants at most once is repeated if its class allows that. */
    AT_MOST_ONCE_IS_FORGOTTEN,
    /** What its user wants at least once is in doubt if its class says so. */
    AT_LEAST_ONCE_IS_FORGOTTEN,
    /** CLIENT KILL says that it killed, and kills nobody. */
    FENCE_KILLS_NOBODY,
    /** Every server run claims to be the same. */
    RUN_IDS_LIE,
    /** The kernel takes bytes and does not say so: what went out counts as unsent. */
    KERNEL_TELLS_NOTHING,
    /** Two replies of Redis change places now and then. */
    REPLIES_CHANGE_PLACES,
    /** The reply to a client that has left disappears, as if nothing had been left in its place. */
    TOMBSTONES_ARE_DROPPED,
    /** A write to Redis is lost now and then. */
    WRITES_ARE_LOST,
    /** A write to Redis goes out twice now and then. */
    WRITES_ARE_DOUBLED,
    /** A timer is lost now and then. */
    TIMERS_ARE_LOST
}
