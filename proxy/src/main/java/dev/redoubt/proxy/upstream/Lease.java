package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** An upstream connection that one session holds alone for a while. What is in flight on it when it is lost is never repeated. Confined to the lane. */
public final class Lease {
    /** Whoever holds it. */
    public interface Holder extends ReplySink {
        /** It is gone; every command in flight on it has had its error before. */
        void onLeaseLost();

        /** Bytes from Redis, while the lease is relaying; borrowed until the sinks are flushed. */
        void onRelayed(ByteBuf bytes);

        /** Redis has taken what was streamed: more may come. */
        void onLeaseWritable();
    }

    private final LeasePool pool;
    private final UpstreamServer server;
    private final Lane lane;
    private final UpstreamKey key;
    private final Channel channel;
    private final Identity identity;
    private final CommandLog log;
    private final DataHandler handler;
    private @Nullable Holder holder;
    private boolean streaming;
    private boolean open = true;
    private long idleSinceNanos;

    Lease(LeasePool pool, UpstreamServer server, Lane lane, UpstreamKey key, Channel channel, Identity identity) {
        this.pool = pool;
        this.server = server;
        this.lane = lane;
        this.key = key;
        this.channel = channel;
        this.identity = identity;
        this.log = new CommandLog(lane.allocator(), pool.bytes());
        this.handler = new DataHandler(
                log,
                lane,
                server.dirtySinks(),
                new Events(),
                server.hooks().tap(),
                key.database(),
                server.timings().largeReplyBytes(),
                null);
        channel.pipeline().replace(Requests.class, "data", handler);
    }

    UpstreamKey key() {
        return key;
    }

    /** CLIENT ID of the connection at Redis; -1 where that was denied. */
    public long clientId() {
        return identity.clientId();
    }

    void hold(Holder by) {
        holder = by;
    }

    boolean isIdleSince(long nanos) {
        return idleSinceNanos - nanos < 0;
    }

    /** Sends whole commands; copies them. */
    public void submit(ReplySink sink, ByteBuf commands, int from, int length, int count) {
        log.append(sink, commands, from, length, count, true, lane.nanoTime());
        handler.flushLater();
    }

    /** Sends MULTI ... EXEC, of which only EXEC's reply is wanted; copies it. */
    public void submitUnit(ReplySink sink, ByteBuf unit, int from, int length, int count) {
        log.appendUnit(sink, unit, from, length, count, lane.nanoTime());
        handler.flushLater();
    }

    /** Announces one command whose bytes follow by {@link #stream}. */
    public void beginStream(ReplySink sink) {
        streaming = true;
        log.appendStreamed(sink, lane.nanoTime());
        handler.flushLater();
    }

    /** Sends a piece of the announced command; takes the buffer. False when Redis should be given time: {@link Holder#onLeaseWritable}. */
    public boolean stream(ByteBuf piece) {
        channel.writeAndFlush(piece, channel.voidPromise());
        return channel.isWritable();
    }

    /** The announced command is complete. */
    public void endStream() {
        streaming = false;
    }

    /** From now on bytes pass both ways unseen; nothing may be in flight. There is no way back: the lease ends with {@link #close}. */
    public void relay() {
        channel.pipeline().replace(DataHandler.class, "relay", new Relay());
    }

    /** Gives it back: nothing is in flight, and its state is that of a fresh connection. */
    public void release() {
        holder = null;
        setReading(true);
        idleSinceNanos = lane.nanoTime();
        pool.onReleased(this);
    }

    /** Redis was started anew: a connection to the process before it is dead, even if nobody has said so. */
    void onRun(ServerRun now) {
        if (server.isGone(identity, now)) {
            channel.close();
        }
    }

    /** Ends it with all that is in flight on it. */
    public void close() {
        holder = null;
        channel.close();
    }

    /** Stops reading, or reads on: nobody else waits for what comes here. */
    public void setReading(boolean reads) {
        channel.config().setAutoRead(reads);
    }

    boolean isOpen() {
        return open;
    }

    private void onClosed() {
        if (open) {
            open = false;
            log.close();
            pool.onClosed(this);
            Holder lost = holder;
            holder = null;
            if (lost != null) {
                server.fence(
                        identity, link -> {}); // else Redis may go on waiting for it, and pop an element for nobody
                lost.onLeaseLost();
            }
        }
    }

    private void settle(HeldCommand held) {
        boolean unsent = held.kind() == Entry.Kind.STREAMED ? streaming : !held.isInDoubt();
        if (holder == null) {
            held.release();
        } else if (held.isPartlyDelivered()) {
            held.owner().onReplyCut();
            held.release();
        } else {
            boolean harmless = unsent
                    || (held.kind() == Entry.Kind.RUN && server.hooks().judge().replayClass(held) == ReplayClass.READ);
            server.counters().increment(harmless ? Counter.UNAVAILABLE : Counter.IN_DOUBT);
            held.owner()
                    .onFailure(
                            harmless
                                    ? Failures.unavailable(server.description(), server.lastError())
                                    : Failures.inDoubt());
            held.release();
        }
    }

    private final class Events implements DataHandler.Listener {
        @Override
        public void onAlive() {}

        @Override
        public void onWritable() {
            Holder by = holder;
            if (by != null && streaming) {
                by.onLeaseWritable();
            }
        }

        @Override
        public void onLost(long unsentBytes, String cause) {
            log.takeAll(unsentBytes).forEach(Lease.this::settle);
            onClosed();
        }
    }

    private final class Relay extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Holder by = holder;
            if (by == null) {
                ((ByteBuf) message).release();
            } else {
                by.onRelayed((ByteBuf) message);
                server.dirtySinks().flush();
                ((ByteBuf) message).release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            server.dirtySinks().flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            onClosed();
            server.dirtySinks().flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            Holder by = holder;
            if (by != null && ctx.channel().isWritable()) {
                by.onLeaseWritable();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
