package dev.redoubt.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one client is owed and has not been sent. Confined to the lane.
 *
 * <p>While the socket takes everything, replies go out as slices of the buffer that they arrived in. Once it does not, they are copied into chunks of their own: small slices would keep whole
 * read buffers alive (1 MB of replies pinned over 300 MB).
 */
final class Output {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int BATCH_BYTES = 256 * 1024;

    private final Channel channel;
    private final Runnable onDrained;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable ByteBuf tail;
    private @Nullable ByteBuf own;
    private long waitingBytes;
    private boolean blocked;
    private @Nullable Runnable closeWhenSent;

    /** @param onDrained told when nothing waits any more after something did */
    Output(Channel channel, Runnable onDrained) {
        this.channel = channel;
        this.onDrained = onDrained;
    }

    /** A buffer for replies of the proxy's own, to append to and to be flushed later; not to be kept. */
    ByteBuf own() {
        ByteBuf buffer = own;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(256);
            own = buffer;
        }
        return buffer;
    }

    /** Adds replies; borrows the buffer. */
    void add(ByteBuf source, int from, int length) {
        addOwn();
        if (blocked) {
            copy(source, from, length);
        } else {
            channel.write(source.retainedSlice(from, length), channel.voidPromise());
        }
    }

    /** Hands what there is to the kernel. */
    void flush() {
        addOwn();
        if (!blocked) {
            channel.flush();
            watch();
        }
    }

    /** Bytes that the client has not taken, of those that are kept here. */
    long unreadBytes() {
        return waitingBytes;
    }

    /** Whether the socket takes what it is given. */
    boolean isClear() {
        return !blocked;
    }

    /** Runs the task when everything is sent. */
    void whenSent(Runnable task) {
        if (!blocked && own == null) {
            task.run();
        } else {
            closeWhenSent = task;
        }
    }

    void release() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        waitingBytes = 0;
        tail = null;
        if (own != null) {
            own.release();
            own = null;
        }
    }

    private void addOwn() {
        ByteBuf buffer = own;
        if (buffer == null) {
            return;
        }
        own = null;
        if (blocked) {
            copy(buffer, buffer.readerIndex(), buffer.readableBytes());
            buffer.release();
        } else {
            channel.write(buffer, channel.voidPromise());
        }
    }

    private void copy(ByteBuf source, int from, int length) {
        int index = from;
        int end = from + length;
        waitingBytes += length;
        while (index < end) {
            ByteBuf chunk = tail;
            if (chunk == null || !chunk.isWritable()) {
                chunk = channel.alloc().directBuffer(CHUNK_BYTES, CHUNK_BYTES);
                waiting.add(chunk);
                tail = chunk;
            }
            int part = Math.min(chunk.writableBytes(), end - index);
            chunk.writeBytes(source, index, part);
            index += part;
        }
    }

    /** If the kernel did not take all of it, a marker behind it tells when it has. */
    private void watch() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending == null || pending.isEmpty()) {
            return;
        }
        blocked = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(marker -> {
            if (marker.isSuccess()) {
                onTaken();
            }
        });
    }

    private void onTaken() {
        blocked = false;
        int batch = 0;
        while (batch < BATCH_BYTES && !waiting.isEmpty()) {
            ByteBuf chunk = waiting.remove();
            batch += chunk.readableBytes();
            waitingBytes -= chunk.readableBytes();
            channel.write(chunk, channel.voidPromise());
        }
        if (waiting.isEmpty()) {
            tail = null;
        }
        if (batch > 0) {
            channel.flush();
            watch();
        }
        if (!blocked && !waiting.isEmpty()) {
            onTaken();
        } else if (waiting.isEmpty()) {
            onDrained.run();
            if (!blocked && closeWhenSent != null) {
                closeWhenSent.run();
            }
        }
    }
}
