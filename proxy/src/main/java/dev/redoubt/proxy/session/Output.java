package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.lane.DirectSocket;
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
    private final DirectSocket socket;
    private final ByteAccount account;
    private final SpareReply spare;
    private final Runnable onDrained;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable ByteBuf tail;
    private @Nullable ByteBuf own;
    private @Nullable ByteBuf borrowed;
    private int borrowedFrom;
    private int borrowedLength;
    private long waitingBytes;
    private @Nullable ByteBuf unheard;
    private boolean muted;
    private boolean blocked;
    private boolean written;
    private @Nullable Runnable closeWhenSent;

    /**
     * @param account gets the bytes that wait
     * @param spare of all clients
     * @param onDrained told when nothing waits any more after something did
     */
    Output(Channel channel, ByteAccount account, SpareReply spare, Runnable onDrained) {
        this.account = account;
        this.spare = spare;
        this.channel = channel;
        this.socket = new DirectSocket(channel);
        this.onDrained = onDrained;
    }

    /** A buffer for replies of the proxy's own, to append to and to be flushed later; not to be kept. */
    ByteBuf own() {
        return muted ? unheard() : unmuted();
    }

    /** What is appended to {@link #own} from now on goes nowhere. */
    void mute(boolean value) {
        muted = value;
    }

    private ByteBuf unheard() {
        ByteBuf buffer = unheard;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(256);
            unheard = buffer;
        }
        return buffer.clear();
    }

    /** The same as {@link #own}, even if that is muted. */
    ByteBuf unmuted() {
        ByteBuf buffer = own;
        if (buffer == null) {
            buffer = spare.take(channel.alloc());
            own = buffer;
        }
        return buffer;
    }

    /** Adds replies; borrows the buffer until {@link #flush}, which must come before it is used for anything else. */
    void add(ByteBuf source, int from, int length) {
        addOwn();
        if (blocked) {
            copy(source, from, length);
        } else if (borrowedLength > 0 && isSame(source) && borrowedFrom + borrowedLength == from) {
            borrowedLength += length;
        } else {
            writeBorrowed();
            if (!isSame(source)) {
                borrowed = source;
            }
            borrowedFrom = from;
            borrowedLength = length;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same memory, not equal bytes
    private boolean isSame(ByteBuf source) {
        return borrowed == source;
    }

    /** Hands what there is to the kernel. */
    void flush() {
        if (own != null && own.isReadable() && borrowedLength == 0 && !written && !blocked) {
            sendOwn(own);
        }
        addOwn();
        if (borrowedLength > 0 && !blocked) {
            flushBorrowed();
        }
        if (written && !blocked) {
            written = false;
            channel.flush();
            watch();
        }
    }

    /** Replies of the proxy's own and nothing before them, as memory's in an outage: to the socket at once. */
    private void sendOwn(ByteBuf buffer) {
        buffer.skipBytes(socket.write(buffer, buffer.readerIndex(), buffer.readableBytes()));
        if (!buffer.isReadable()) {
            own = null;
            spare.give(buffer);
        }
    }

    /** The usual case: one stretch of replies, and a socket that takes it. */
    private void flushBorrowed() {
        ByteBuf source = borrowed;
        if (!written && source != null) {
            int taken = socket.write(source, borrowedFrom, borrowedLength);
            borrowedFrom += taken;
            borrowedLength -= taken;
        }
        writeBorrowed();
    }

    private void writeBorrowed() {
        ByteBuf source = borrowed;
        if (borrowedLength > 0 && source != null) {
            write(source.retainedSlice(borrowedFrom, borrowedLength));
            borrowedLength = 0;
        }
    }

    private void write(ByteBuf bytes) {
        written = true;
        channel.write(bytes, channel.voidPromise());
    }

    /** Bytes that the client has not taken, of those that are kept here. */
    long unreadBytes() {
        return waitingBytes;
    }

    /** Pieces of memory that hold them. */
    int waitingPieces() {
        return waiting.size();
    }

    /** The memory that they keep alive. */
    long waitingCapacity() {
        return (long) waiting.size() * CHUNK_BYTES;
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
        borrowedLength = 0;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        count(-waitingBytes);
        tail = null;
        if (own != null) {
            own.release();
            own = null;
        }
        if (unheard != null) {
            unheard.release();
            unheard = null;
        }
    }

    private void addOwn() {
        ByteBuf buffer = own;
        if (buffer == null) {
            return;
        }
        own = null;
        if (!buffer.isReadable()) {
            buffer.release();
        } else if (blocked) {
            copy(buffer, buffer.readerIndex(), buffer.readableBytes());
            buffer.release();
        } else {
            writeBorrowed();
            write(buffer);
        }
    }

    private void copy(ByteBuf source, int from, int length) {
        int index = from;
        int end = from + length;
        count(length);
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

    private void count(long change) {
        waitingBytes += change;
        account.add(change);
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
            count(-chunk.readableBytes());
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
