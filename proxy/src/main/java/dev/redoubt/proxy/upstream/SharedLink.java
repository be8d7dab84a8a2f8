package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import io.netty.channel.Channel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link SharedUpstream}, from its handshake to its end, and how alive it is. Confined to the lane. */
final class SharedLink implements DataHandler.Listener {
    private final SharedUpstream owner;
    private final UpstreamServer server;
    private final Channel channel;
    private final Identity identity;
    private final CommandLog log;
    private final StallWatch watch;
    private final IdlePing ping;
    private @Nullable DataHandler handler;
    private boolean leaving;
    private long carriesSinceNanos;

    SharedLink(SharedUpstream owner, UpstreamServer server, Channel channel, Identity identity) {
        this.owner = owner;
        this.server = server;
        this.channel = channel;
        this.identity = identity;
        this.log = owner.log();
        this.watch = new StallWatch(log, server);
        this.ping = new IdlePing(log);
    }

    Identity identity() {
        return identity;
    }

    /** From now on clients' commands go over it. */
    void carry() {
        DataHandler with = new DataHandler(
                log,
                server.lane(),
                server.dirtySinks(),
                this,
                server.hooks().tap(),
                owner::key,
                server.timings().largeReplyBytes(),
                owner.refusals());
        channel.pipeline().replace(Requests.class, "data", with);
        handler = with;
        carriesSinceNanos = server.lane().nanoTime();
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

    // ---- how alive it is

    @Override
    public void onAlive() {
        watch.onAlive();
        if (watch.isStalled()) {
            watch.end();
            owner.onStallEnded();
        }
        owner.congestion().check();
    }

    boolean isStalled() {
        return watch.isStalled();
    }

    /**
     * To be called a few times a second while it carries commands: asks for a sign of life where nothing happens, and ends what does not give one.
     *
     * @param forwarding whether commands are written to it as they come
     * @param onStalled told since when Redis has been silent
     */
    void tick(long nowNanos, boolean forwarding, LongConsumer onStalled) {
        watch.tick(nowNanos, onStalled, this::close);
        if (ping.isUnanswered()) {
            if (server.witness().isBroken(identity, ping.askedNanos())) {
                WayWatch.end(channel, server.witness().cause());
            }
        } else if (forwarding
                && watch.idleNanos(nowNanos) >= server.timings().pingInterval().toNanos()
                && ping.ask(nowNanos)) {
            flushLater();
        }
    }

    /** Commands of the proxy's own that are in the log. */
    int questions() {
        return ping.isUnanswered() ? 1 : 0;
    }

    /**
     * Whether it can end without anybody's missing it: nobody is owed a reply on it, and it has stood for long enough that one opened in its place may stand longer. (Redis's {@code timeout} has whole seconds.)
     */
    boolean isIdle() {
        long stood = server.lane().nanoTime() - carriesSinceNanos;
        return log.commands() == questions()
                && stood >= server.timings().stallAfter().toNanos();
    }

    // ---- its end

    @Override
    public void onLost(long unsentBytes, String cause) {
        owner.onLost(unsentBytes, cause);
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
