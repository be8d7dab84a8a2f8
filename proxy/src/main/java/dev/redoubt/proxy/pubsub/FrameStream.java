package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.resp.ReplyScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** Cuts what a subscription connection receives into frames. It never pauses: Redis would end a subscriber that does not read. Confined to the lane. */
final class FrameStream extends ChannelInboundHandlerAdapter {
    /** Whoever takes the frames. */
    interface Listener {
        /** A whole push; borrowed until {@link #onReadEnd}. */
        void onPush(ByteBuf buf, int from, int to);

        /** A whole reply; borrowed. */
        void onReply(ByteBuf buf, int from, int to);

        /** What was borrowed is about to be released. */
        void onReadEnd();

        void onClosed(String cause);
    }

    private final Listener listener;
    private final ReplyScanner scanner = new ReplyScanner();
    private @Nullable ByteBuf held;
    private String lostCause = "closed by Redis";

    FrameStream(Listener listener) {
        this.listener = listener;
        scanner.start(0);
    }

    /** The scanner counts from the first byte of the unfinished frame. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf buf = held == null ? in : held.writeBytes(in);
        int begin = buf.readerIndex();
        if (held == null) {
            scanner.rebase(begin);
        }
        int end = deal(ctx, buf, begin);
        listener.onReadEnd();
        if (held == null) {
            scanner.rebase(-end);
            keep(ctx, in, end);
        } else {
            in.release();
            consume(buf, end);
        }
    }

    /** Returns where the unfinished frame begins. */
    private int deal(ChannelHandlerContext ctx, ByteBuf buf, int begin) {
        int from = begin;
        int to = buf.writerIndex();
        ReplyScanner.Outcome outcome = scanner.scan(buf, to);
        while (outcome == ReplyScanner.Outcome.REPLY) {
            int next = scanner.position();
            boolean push = scanner.type() == '>';
            scanner.start(next);
            if (push) {
                listener.onPush(buf, from, next);
            } else {
                listener.onReply(buf, from, next);
            }
            from = next;
            outcome = scanner.scan(buf, to);
        }
        if (outcome == ReplyScanner.Outcome.MALFORMED) {
            close(ctx, "bytes that are not RESP");
        }
        return from;
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in, int from) {
        int left = in.writerIndex() - from;
        if (left > 0) {
            held = ctx.alloc().directBuffer(2 * left).writeBytes(in, from, left);
        }
        in.release();
    }

    private void consume(ByteBuf buf, int end) {
        scanner.rebase(-end);
        if (end == buf.writerIndex()) {
            releaseHeld();
        } else {
            buf.readerIndex(end);
            buf.discardReadBytes();
        }
    }

    /** The connection cannot be trusted any more. */
    void close(ChannelHandlerContext ctx, String cause) {
        lostCause = cause;
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releaseHeld();
        listener.onClosed(lostCause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releaseHeld();
    }

    private void releaseHeld() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close(ctx, String.valueOf(cause.getMessage()));
    }
}
