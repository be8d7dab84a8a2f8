package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.resp.ReplyScanner;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands of the proxy's own on a connection, each with what to do with its reply: for handshakes and the control connection. Confined to the lane. */
public final class Requests extends ChannelInboundHandlerAdapter {
    private final Queue<FrameReader> awaited = new ArrayDeque<>();
    private final ReplyScanner scanner = new ReplyScanner();
    private final Consumer<String> onLost;
    private @Nullable Channel channel;
    private @Nullable ByteBuf held;
    private String lostCause = "closed by Redis";
    private boolean flushDue;

    /** Takes one whole reply. */
    private interface FrameReader {
        /** Borrows the buffer. */
        void read(ByteBuf held, int begin, int end);
    }

    /** Tells that consumer when the connection is gone, and why; replies that are still awaited are not coming then. */
    public Requests(Consumer<String> onLost) {
        this.onLost = onLost;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        scanner.start(0);
    }

    /** Sends a command; the consumer gets its reply as {@link RespValues} reads it. */
    public void send(Consumer<@Nullable Object> onReply, String... command) {
        ByteBuf out = open().alloc().buffer();
        RespWriter.command(out, command);
        awaited.add((held, begin, end) -> onReply.accept(RespValues.read(held, begin)));
        write(out);
    }

    /** Sends so many commands, encoded already; takes the buffer. The consumer gets each reply's frame, borrowed. */
    public void sendEncoded(ByteBuf commands, int replies, Consumer<ByteBuf> onReply) {
        for (int i = 0; i < replies; i++) {
            awaited.add((held, begin, end) -> onReply.accept(held.slice(begin, end - begin)));
        }
        write(commands);
    }

    private void write(ByteBuf out) {
        Channel to = open();
        to.write(out, to.voidPromise());
        if (!flushDue) {
            flushDue = true;
            to.eventLoop().execute(this::flush);
        }
    }

    /** How many replies are awaited. */
    public int awaited() {
        return awaited.size();
    }

    public boolean isOpen() {
        return channel != null && channel.isActive();
    }

    public void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private void flush() {
        flushDue = false;
        if (channel != null) {
            channel.flush();
        }
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (held == null) {
            held = ctx.alloc().buffer(in.readableBytes());
        }
        held.writeBytes(in);
        in.release();
        int begin = 0;
        ReplyScanner.Outcome outcome = scanner.scan(held, held.writerIndex());
        while (outcome == ReplyScanner.Outcome.REPLY && held != null) {
            int end = scanner.position();
            scanner.start(end);
            answer(ctx, begin, end);
            begin = end;
            outcome = held == null ? ReplyScanner.Outcome.INCOMPLETE : scanner.scan(held, held.writerIndex());
        }
        if (outcome == ReplyScanner.Outcome.MALFORMED) {
            lostCause = "not a Redis server: its reply is not RESP";
            ctx.close();
        }
        compact(begin);
    }

    private void answer(ChannelHandlerContext ctx, int begin, int end) {
        ByteBuf from = held;
        if (from == null || from.getByte(begin) == '>') {
            return;
        }
        FrameReader next = awaited.poll();
        if (next == null) {
            lostCause = "a reply that nobody asked for";
            ctx.close();
        } else {
            next.read(from, begin, end);
        }
    }

    private void compact(int begin) {
        if (held == null) {
            return;
        }
        held.readerIndex(begin);
        if (held.isReadable()) {
            held.discardReadBytes();
        } else {
            releaseHeld();
        }
        scanner.rebase(-begin);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        channel = null;
        releaseHeld();
        awaited.clear();
        onLost.accept(lostCause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        channel = null;
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
        lostCause = Cause.of(cause);
        ctx.close();
    }
}
