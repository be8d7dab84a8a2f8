package dev.redoubt.proxy.config;

/** What becomes of a blocking command that was waiting at a Redis of which nothing is known any more. */
public enum BlockingOnLoss {
    /** The client gets {@code -INDOUBT}: something may have been taken for it. */
    IN_DOUBT,
    /** It is sent again: what may have been taken is lost. */
    REISSUE
}
