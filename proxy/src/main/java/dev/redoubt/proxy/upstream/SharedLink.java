package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import io.netty.channel.Channel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link SharedUpstream}, from its handshake to its end. Confined to the lane. */
final class SharedLink {
    private final Channel channel;
    private final Identity identity;
    private @Nullable DataHandler handler;
    private boolean leaving;

    SharedLink(Channel channel, Identity identity) {
        this.channel = channel;
        this.identity = identity;
    }

    Identity identity() {
        return identity;
    }

    /** From now on clients' commands go over it. */
    void carry(
            CommandLog log,
            DataHandler.Listener listener,
            Supplier<UpstreamKey> key,
            Refusals refusals,
            UpstreamServer server) {
        DataHandler with = new DataHandler(
                log,
                server.lane(),
                server.dirtySinks(),
                listener,
                server.hooks().tap(),
                key,
                server.timings().largeReplyBytes(),
                refusals);
        channel.pipeline().replace(Requests.class, "data", with);
        handler = with;
    }

    /** The log has something to write. */
    void flushLater() {
        if (handler != null) {
            handler.flushLater();
        }
    }

    /** What is in the log by now goes out, in windows that grow. */
    void drain() {
        if (handler != null) {
            handler.pace();
            handler.flushLater();
        }
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Writes nothing more, and closes when all that is in flight is answered. */
    void leave(String cause) {
        if (handler != null && !leaving) {
            leaving = true;
            handler.leave(cause);
        }
    }

    void close() {
        channel.close();
    }
}
