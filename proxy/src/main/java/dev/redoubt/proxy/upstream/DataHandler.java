package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.ReplyScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shared connection past its handshake: has the log written, and gives each reply to whom the log's head says. Confined to the lane.
 *
 * <p>A reply that nobody is owed and bytes that are not RESP close the connection (law 2). Reading never stops (law 6).
 */
final class DataHandler extends ChannelInboundHandlerAdapter {
    /** What the connection tells its owner. */
    interface Listener {
        /** Replies came in. */
        void onAlive();

        /** Redis takes more again. */
        default void onWritable() {}

        /** The connection is gone; so many bytes of what was written never left for the kernel. */
        void onLost(long unsentBytes, String cause);
    }

    private static final int SLACK_BYTES = 64 * 1024;

    private final CommandLog log;
    private final Lane lane;
    private final DirtySinks dirty;
    private final Listener listener;
    private final ReplyTap tap;
    private final Supplier<UpstreamKey> key;
    private final int largeReplyBytes;
    private final @Nullable Refusals refusals;
    private final ReplyScanner scanner = new ReplyScanner();
    private final LogWriter writer;
    private @Nullable ByteBuf partial;
    private boolean leaving;
    private boolean streaming;
    private int replyStart;
    private String lostCause = Cause.CLOSED;

    /** @param refusals takes back what Redis refuses; null where every error is its client's */
    DataHandler(
            CommandLog log,
            Lane lane,
            DirtySinks dirty,
            Listener listener,
            ReplyTap tap,
            Supplier<UpstreamKey> key,
            int largeReplyBytes,
            @Nullable Refusals refusals) {
        this.refusals = refusals;
        this.writer = new LogWriter(log, lane, dirty);
        this.log = log;
        this.lane = lane;
        this.dirty = dirty;
        this.listener = listener;
        this.tap = tap;
        this.key = key;
        this.largeReplyBytes = largeReplyBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        writer.open(ctx.channel());
        scanner.start(0);
    }

    /** Something was appended: write it when the turn ends. */
    void flushLater() {
        writer.flushLater();
    }

    /** What is in the log by now goes out in windows that grow. */
    void pace() {
        writer.pace();
    }

    /** Writes nothing more, and closes the connection when all that is in flight is answered. */
    void leave(String cause) {
        leaving = true;
        writer.stop();
        lostCause = cause;
        lane.atEndOfTurn(this::closeIfLeft);
    }

    private void closeIfLeft() {
        Channel open = writer.channel();
        if (leaving && open != null && log.head() == null) {
            open.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writer.onWritabilityChanged();
        if (ctx.channel().isWritable()) {
            listener.onWritable();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf held = partial;
        if (held == null) {
            scanner.rebase(in.readerIndex());
            replyStart = in.readerIndex();
            read(ctx, in);
            dirty.flush(); // what it was given is borrowed from this buffer
            in.release();
            return;
        }
        held.writeBytes(in);
        in.release();
        if (scanner.position() > held.writerIndex() && !streaming && held.writerIndex() <= largeReplyBytes) {
            return; // still inside one bulk
        }
        partial = null;
        read(ctx, held);
        dirty.flush();
        held.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        listener.onAlive();
        writer.onAnswers();
        dirty.flush();
        closeIfLeft();
    }

    /** Deals out whole replies; what is left of an unfinished one is kept (scanner positions then count from the kept piece's start). */
    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        int to = in.writerIndex();
        int from = streaming ? stream(in, in.readerIndex(), to) : in.readerIndex();
        if (!streaming && from >= 0) {
            from = deal(in, from, to);
        }
        if (from < 0) {
            ctx.close();
        } else {
            keep(in, from, to);
        }
    }

    /** Returns where the unfinished reply begins, or -1 when the connection cannot be trusted. */
    private int deal(ByteBuf in, int begin, int to) {
        int from = begin;
        Entry head = log.head();
        int replies = 0;
        while (scanner.scan(in, to) == ReplyScanner.Outcome.REPLY) {
            int end = scanner.position();
            byte type = scanner.type();
            int start = replyStart;
            scanner.start(end);
            replyStart = end;
            if (type == '>') {
                deliver(head, in, from, start - from, replies);
                key.get().tenant().onPush(in, start, end - start);
                from = end;
                replies = 0;
                head = log.head();
                continue;
            }
            if (head == null) {
                return untrusted("a reply that nobody is owed");
            }
            if (type == '-' && refusals != null && refusals.concern(head, in, start, end)) {
                deliver(head, in, from, start - from, replies);
                from = start;
                replies = 0;
                if (takeBack(refusals, head, in, start, end)) {
                    from = end;
                    head = log.head();
                    continue;
                }
            }
            replies++;
            if (head.kind() == Entry.Kind.UNIT && head.unanswered() > 1) {
                log.headAnswered(head, 1);
                from = end;
                replies = 0;
            } else if (replies == head.unanswered()) {
                deliver(head, in, from, end - from, replies);
                from = end;
                replies = 0;
                head = log.head();
            }
        }
        return finishDeal(in, from, to, head, replies);
    }

    private boolean takeBack(Refusals from, Entry head, ByteBuf in, int start, int end) {
        if (!from.take(head, in, start, end)) {
            return false;
        }
        if (head.unanswered() == 1) {
            tap.onUnseen(key.get(), head);
        }
        log.headAnswered(head, 1);
        return true;
    }

    private int finishDeal(ByteBuf in, int from, int to, @Nullable Entry head, int replies) {
        deliver(head, in, from, replyStart - from, replies);
        if (scanner.scan(in, to) == ReplyScanner.Outcome.MALFORMED) {
            return untrusted("bytes that are not RESP");
        }
        if (scanner.position() - replyStart > largeReplyBytes || to - replyStart > largeReplyBytes) {
            return beginStream(in, to);
        }
        return replyStart;
    }

    private int untrusted(String what) {
        lostCause = what;
        return -1;
    }

    private void deliver(@Nullable Entry head, ByteBuf in, int from, int length, int replies) {
        if (head == null || replies == 0) {
            return;
        }
        ReplySink owner = head.owner();
        if (owner == null) {
            throw new IllegalStateException("the head of the log has ended");
        }
        if (head.kind() == Entry.Kind.RUN && replies == head.count()) {
            tap.onRun(key.get(), head, in, from, length);
        } else if (replies == head.unanswered()) {
            tap.onUnseen(key.get(), head);
        }
        log.headAnswered(head, replies);
        owner.onReplies(in, from, length, replies);
    }

    private int beginStream(ByteBuf in, int to) {
        Entry head = streamedTo();
        if (head == null && scanner.type() != '>') {
            return untrusted("a reply that nobody is owed");
        }
        streaming = true;
        if (head != null) {
            head.markPartlyDelivered(true);
            head.announceLarge();
        }
        return stream(in, replyStart, to);
    }

    /** Passes on what has come of a large reply. Returns where the rest begins. */
    private int stream(ByteBuf in, int from, int to) {
        ReplyScanner.Outcome outcome = scanner.scan(in, to);
        if (outcome == ReplyScanner.Outcome.MALFORMED) {
            return untrusted("bytes that are not RESP");
        }
        boolean last = outcome == ReplyScanner.Outcome.REPLY;
        int end = Math.min(scanner.position(), to);
        Entry head = streamedTo();
        ReplySink owner = head == null ? null : head.owner();
        boolean forClient = head != null && (head.kind() != Entry.Kind.UNIT || head.unanswered() == 1);
        if (last) {
            endStream(head, end);
        }
        if (owner != null && forClient && (end > from || last)) {
            owner.onReplyPart(in, from, end - from, last);
        }
        return end;
    }

    /** Whose the large reply is; null for a push, which is nobody's. */
    private @Nullable Entry streamedTo() {
        return scanner.type() == '>' ? null : log.head();
    }

    private void endStream(@Nullable Entry head, int end) {
        streaming = false;
        if (scanner.type() == '>') {
            key.get().tenant().onPushSkipped();
        }
        if (head != null) {
            head.markPartlyDelivered(false);
            if (head.unanswered() == 1) {
                tap.onUnseen(key.get(), head);
            }
            log.headAnswered(head, 1);
        }
        scanner.start(end);
        replyStart = end;
    }

    private void keep(ByteBuf in, int from, int to) {
        int left = to - from;
        scanner.rebase(-from);
        replyStart = 0;
        if (left == 0) {
            return;
        }
        int expected = Math.min(Math.max(scanner.position(), 2 * left), largeReplyBytes) + SLACK_BYTES;
        partial = lane.allocator().directBuffer(expected).writeBytes(in, from, left);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releasePartial();
        listener.onLost(writer.close(), lostCause);
        dirty.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releasePartial();
    }

    private void releasePartial() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lostCause = Cause.of(cause);
        ctx.close();
    }
}
