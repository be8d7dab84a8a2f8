package dev.redoubt.proxy.lane;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes bytes straight to a channel's socket when nothing waits before them, past Netty's outbound buffer: for replies that is a third of the Java work of a command, and the objects that Netty
 * recycles cost G1 refinement (docs/benchmarks.md). Where it can't (another transport, TLS, a socket that is full), it takes nothing, and the caller writes the usual way. Confined to the lane.
 */
public final class DirectSocket {
    /** A channel that is its own kernel, as a simulator's is. */
    public interface Kernel {
        /** Takes what it takes at once of those bytes, and returns how many that were; borrows the buffer. */
        int send(ByteBuf source, int from, int length);
    }

    /** Goes into one record of TLS for certain: the standard's 16,384 bytes (RFC 8446, 5.1) do not with the JDK's TLS 1.3, which splits what is over 16,367. */
    private static final int TLS_RECORD_BYTES = 15 * 1024;

    private final Channel channel;
    private final @Nullable Socket socket;
    private final @Nullable Kernel kernel;

    private final int pieceBytes;

    /** Decides once what this channel's way is: TLS must be in its pipeline by now. */
    public DirectSocket(Channel channel) {
        boolean clear = channel.pipeline().get(SslHandler.class) == null;
        this.channel = channel;
        this.socket = clear && channel instanceof AbstractEpollStreamChannel epoll ? (Socket) epoll.fd() : null;
        this.kernel = clear && channel instanceof Kernel own ? own : null;
        this.pieceBytes = clear ? Integer.MAX_VALUE : TLS_RECORD_BYTES;
    }

    /** The most that one write the usual way may hold, if it must be known how much of it has left: with TLS a record leaves whole or not at all. */
    public int pieceBytes() {
        return pieceBytes;
    }

    /** Writes what the kernel takes at once of those bytes, and returns how many that were; borrows the buffer. A broken socket takes none: the usual way finds out. */
    public int write(ByteBuf source, int from, int length) {
        Socket to = socket;
        if (kernel != null) {
            return isNext() ? kernel.send(source, from, length) : 0;
        }
        if (to == null || !source.hasMemoryAddress() || !isNext()) {
            return 0;
        }
        try {
            return Math.max(0, to.sendAddress(source.memoryAddress(), from, from + length));
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean isNext() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.isEmpty() && channel.isActive();
    }
}
