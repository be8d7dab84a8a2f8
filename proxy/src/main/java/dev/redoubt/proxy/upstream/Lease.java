package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.LeaseHolder;
import dev.redoubt.proxy.status.LeaseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An upstream connection that one session holds alone for a while. What is in flight on it when it is lost is never repeated. Confined to the lane. */
public final class Lease {
    /** Whoever holds it. */
    public interface Holder extends ReplySink {
        /** It is gone; every command in flight on it has had its error before, or a {@link Waiter} has taken it over. */
        void onLeaseLost(Lease lost);

        /** Bytes from Redis, while the lease is relaying; borrowed until the sinks are flushed. */
        void onRelayed(ByteBuf bytes);

        /** Redis has taken what was streamed: more may come. */
        void onLeaseWritable();

        /** The number that CLIENT ID gives it. */
        long id();
    }

    /** Whoever sent a command that Redis may be slow to answer, and can go on waiting elsewhere when this connection is lost. */
    public interface Waiter extends ReplySink {
        /**
         * The connection was lost before the reply came; the command is the waiter's to end.
         *
         * @param sent its last byte was handed to the kernel: {@link #onFenced} follows, as soon as Redis can be reached
         * @param ended Redis, or its machine, was seen to close the connection, so that nothing happens on it any more
         */
        void onLost(boolean sent, boolean ended);

        /** What is known now of a command that was sent. */
        void onFenced(WaitProof proof);
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
    private @Nullable Waiter waiter;
    private LeaseReason reason = LeaseReason.BLOCKING;
    private boolean streaming;
    private boolean open = true;
    private boolean givenUp;
    private boolean elsewhere;
    private long sinceNanos;

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
                () -> key,
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

    void hold(Holder by, LeaseReason why) {
        holder = by;
        reason = why;
        sinceNanos = lane.nanoTime();
    }

    boolean isIdleSince(long nanos) {
        return sinceNanos - nanos < 0;
    }

    /** Who holds it, why and for how long; null if nobody does. */
    @Nullable
    LeaseHolder holder() {
        Holder by = holder;
        return by == null ? null : new LeaseHolder(by.id(), reason, (lane.nanoTime() - sinceNanos) / 1_000_000);
    }

    /** It is kept for another reason now than it was taken for. */
    public void because(LeaseReason why) {
        reason = why;
    }

    /** Sends a command. */
    public void submit(ReplySink sink, byte[]... arguments) {
        submit(sink, out -> RespWriter.command(out, arguments));
    }

    /** Sends a command of plain words. */
    public void submit(ReplySink sink, String... arguments) {
        submit(sink, out -> RespWriter.command(out, arguments));
    }

    private void submit(ReplySink sink, Consumer<ByteBuf> command) {
        ByteBuf out = lane.allocator().directBuffer();
        try {
            command.accept(out);
            log.append(sink, out, 0, out.writerIndex(), 1, true, lane.nanoTime());
            handler.flushLater();
        } finally {
            out.release();
        }
    }

    /** Sends one command that Redis may be slow to answer. There is nothing else on this connection meanwhile. */
    public void submitWaiting(Waiter by, byte[]... arguments) {
        waiter = by;
        submit(by, arguments);
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

    /** The same, with first commands. */
    public void relay(List<byte[][]> commands) {
        relay();
        ByteBuf out = lane.allocator().directBuffer();
        commands.forEach(arguments -> RespWriter.command(out, arguments));
        stream(out);
    }

    /** Gives it back: nothing is in flight, and its state is that of a fresh connection. */
    public void release() {
        holder = null;
        setReading(true);
        waiter = null;
        sinceNanos = lane.nanoTime();
        if (open) {
            pool.onReleased(this);
        }
    }

    /** Gives it back as soon as Redis has taken commands that make its state that of a fresh connection; nothing is in flight. */
    public void release(List<String[]> cleaning) {
        holder = null;
        new LeaseCleaning(this, cleaning).begin();
    }

    /** What makes a connection like a fresh one for its key, whatever was done on it. */
    public List<String[]> scrubbing() {
        return LeaseCleaning.everything(key, key.connectionName("lease"));
    }

    /**
     * That is where commands go from now on. A connection to the process before it is dead, even if nobody has said so. One to another server, or to other data, watches nothing that counts: it ends as soon as
     * nothing is in flight on it. What else such a connection is held for (a client that waits, or is told of changes) is its holder's affair.
     */
    void onRun(ServerRun now) {
        elsewhere = !identity.run().hasSameData(now);
        if (server.witness().isGone(identity, now)) {
            giveUp();
        } else {
            leaveElsewhere();
        }
    }

    private void leaveElsewhere() {
        if (elsewhere && log.isEmpty() && (holder == null || reason == LeaseReason.WATCH)) {
            giveUp();
        }
    }

    /**
     * What Redis's answer to a command means that was alone on this connection. Borrows the buffer. If the server is not the right one any more, the right one is looked for.
     *
     * @param opaque nobody knows what the command does, so that an error may be of something within it
     */
    public Taken judge(ByteBuf reply, int from, int length, boolean opaque) {
        return reply.getByte(from) == '-'
                ? pool.refusals().judge(key, identity.run(), reply, from, from + length, opaque)
                : Taken.ANSWERED;
    }

    /** It is of no use any more: ends it as if it had been lost. */
    public void giveUp() {
        givenUp = true;
        channel.close();
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

    /** Whether it can be lent again. */
    boolean isUsable() {
        return open && !elsewhere;
    }

    /** The end of a connection, with what was in flight on it. It is the pool's no more before anybody hears of it: who does may take another one at once. */
    private void onClosed(List<HeldCommand> inFlight, boolean ended) {
        if (!open) {
            return;
        }
        open = false;
        pool.onClosed(this);
        Holder lost = holder;
        Waiter waiting = waiter;
        boolean sent = waiting != null
                && inFlight.stream().anyMatch(held -> held.isInDoubt() && !held.isPartlyDelivered() && isWaiting(held));
        inFlight.forEach(held -> settle(held, ended));
        holder = null;
        if (lost != null && !(givenUp && inFlight.isEmpty())) {
            fence(sent ? waiting : null);
        }
        if (lost != null) {
            lost.onLeaseLost(this);
        }
    }

    /** Else Redis may go on waiting for it, and pop an element for nobody. */
    private void fence(@Nullable Waiter sent) {
        if (sent == null) {
            server.fence(identity, false, link -> {});
        } else {
            server.fence(identity, true, link -> sent.onFenced(WaitProof.of(link)));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the waiter itself
    private boolean isWaiting(HeldCommand held) {
        return held.owner() == waiter;
    }

    private void settle(HeldCommand held, boolean ended) {
        boolean unsent = held.kind() == Entry.Kind.STREAMED ? streaming : !held.isInDoubt();
        if (holder == null) {
            held.release();
        } else if (held.isPartlyDelivered()) {
            held.owner().onReplyCut();
            held.release();
        } else if (waiter != null && isWaiting(held)) {
            waiter.onLost(held.isInDoubt(), ended);
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
        public void onAlive() {
            leaveElsewhere();
        }

        @Override
        public void onWritable() {
            Holder by = holder;
            if (by != null && streaming) {
                by.onLeaseWritable();
            }
        }

        @Override
        public void onLost(long unsentBytes, String cause) {
            onClosed(log.takeAll(unsentBytes), !givenUp && Cause.isEnd(cause));
            log.close();
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
            onClosed(List.of(), false);
            log.close();
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
