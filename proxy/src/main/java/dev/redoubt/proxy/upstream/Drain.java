package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;

/**
 * Lets a backlog out in windows that double: the next one goes out when all of the last one is answered (docs/decisions/0024). A Redis that is just back has others to serve too, and gets no more to do at once than it has shown that it
 * can. Confined to the lane.
 */
final class Drain {
    /** The first window; what is less goes out at once anyway. */
    static final int FIRST_BYTES = 64 * 1024;

    /** Behind the largest window there is none: that much in flight is no burst to a Redis that has just answered as much. */
    static final int LARGEST_BYTES = 2 << 20;

    private final CommandLog log;
    private int windowBytes = FIRST_BYTES;
    private int leftBytes = FIRST_BYTES;

    Drain(CommandLog log) {
        this.log = log;
    }

    /** Whether everything has gone out, or nothing has to be held back any more. */
    boolean isOver() {
        return windowBytes > LARGEST_BYTES || !log.hasUnwritten();
    }

    /** Whether more may go out now. */
    boolean mayWrite() {
        return leftBytes > 0;
    }

    /** So much went out; the last of a window may go over it. */
    void onWritten(int bytes) {
        leftBytes -= bytes;
    }

    /** Replies came in: whether the next window begins. */
    boolean isNextDue() {
        if (leftBytes > 0 || log.head() != null) {
            return false;
        }
        windowBytes *= 2;
        leftBytes = windowBytes;
        return true;
    }
}
