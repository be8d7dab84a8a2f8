package dev.redoubt.proxy.pubsub;

/** What can be subscribed to; each has commands, confirmations and a count of its own kind. */
public enum Kind {
    CHANNEL("subscribe", "unsubscribe", "message"),
    PATTERN("psubscribe", "punsubscribe", "pmessage"),
    /** A sharded channel. */
    SHARD("ssubscribe", "sunsubscribe", "smessage");

    private final String join;
    private final String leave;
    private final String message;

    Kind(String join, String leave, String message) {
        this.join = join;
        this.leave = leave;
        this.message = message;
    }

    /** The command that joins, and the first word of its confirmations. */
    public String join() {
        return join;
    }

    /** The command that leaves, and the first word of its confirmations. */
    public String leave() {
        return leave;
    }

    /** The first word of messages. */
    String message() {
        return message;
    }
}
