package dev.redoubt.proxy.sim;

import org.jspecify.annotations.Nullable;

/** Bytes on their way through a {@link Link}; {@code end} says that the sender has closed behind them. */
record Segment(byte[] bytes, long at, Segment.@Nullable End end) {
    /** How a sender closes. */
    enum End {
        FIN,
        RESET
    }
}
