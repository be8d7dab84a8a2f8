package dev.redoubt.proxy.sim;

/** What simulated clients send to Redis, and what may become of it in doubt: written down here apart from the proxy's own table, which it checks. */
enum Op {
    GET(Harm.NONE),
    MGET(Harm.NONE),
    ECHO(Harm.NONE),
    HSCAN(Harm.NONE),
    SET(Harm.LAST_WINS),
    SETEX(Harm.LAST_WINS),
    MSET(Harm.LAST_WINS),
    INCR(Harm.ONCE),
    APPEND(Harm.ONCE),
    DEL(Harm.ONCE),
    LPUSH(Harm.ONCE),
    LPOP(Harm.ONCE),
    SETNX(Harm.ONCE),
    EXPIRE(Harm.ONCE),
    PUBLISH(Harm.ONCE),
    /** A command that nobody has heard of. */
    FROB(Harm.ONCE),
    BLPOP(Harm.ONCE),
    /** A script, which counts. */
    EVAL(Harm.ONCE),
    /** MULTI ... EXEC. */
    UNIT(Harm.ONCE);

    /** What a second run does. */
    enum Harm {
        NONE,
        LAST_WINS,
        ONCE;

        Harm or(Harm other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private final Harm harm;

    Op(Harm harm) {
        this.harm = harm;
    }

    Harm harm() {
        return harm;
    }
}
