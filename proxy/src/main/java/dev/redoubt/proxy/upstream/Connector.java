package dev.redoubt.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/**
 * Opens connections to the upstream that is right at this moment: it asks where that is, resolves the name and connects, each time anew and never blocking the lane. The network stays behind
 * {@link Channel}, so that a simulator can be it.
 */
public interface Connector {
    /** What became of an attempt; called on the lane, once. */
    interface Outcome {
        /** Connected; the handler is in the channel's pipeline. The address is as resolved, for telling one server from another. */
        void connected(Channel channel, String address);

        void failed(String cause);
    }

    /** Connects with that handler in the pipeline. */
    void connect(ChannelHandler handler, Outcome outcome);

    /**
     * Called several times a second: ends connections to which the way is broken, as if they had failed.
     *
     * @param silentNanos for how long the server has owed a reply to a PING, or has not been reached; 0 if neither
     */
    default void tick(long nowNanos, long silentNanos) {}

    /** Where the upstream is, for people: {@code redis.internal:6379}. */
    String description();
}
