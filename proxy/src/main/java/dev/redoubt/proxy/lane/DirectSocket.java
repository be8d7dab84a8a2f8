package dev.redoubt.proxy.lane;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes bytes straight to a channel's socket when nothing waits before them, past Netty's outbound buffer: for replies that is a third of the Java work of a command, and the objects that Netty
 * recycles cost G1 refinement (docs/benchmarks.md). Where it can't (another transport, a socket that is full), it takes nothing, and the caller writes the usual way. Confined to the lane.
 */
public final class DirectSocket {
    /** A channel that is its own kernel, as a simulator's is. */
    public interface Kernel {
        /** Takes what it takes at once of those bytes, and returns how many that were; borrows the buffer. */
        int send(ByteBuf source, int from, int length);
    }

    private final Channel channel;
    private final @Nullable Socket socket;
    private final @Nullable Kernel kernel;

    public DirectSocket(Channel channel) {
        this.channel = channel;
        this.socket = channel instanceof AbstractEpollStreamChannel epoll ? (Socket) epoll.fd() : null;
        this.kernel = channel instanceof Kernel own ? own : null;
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
