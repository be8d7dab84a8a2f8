package dev.redoubt.proxy.lane;

import dev.redoubt.proxy.config.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How sockets are driven on this machine. */
public enum Sockets {
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }
    };

    private final Class<? extends SocketChannel> client;
    private final Class<? extends ServerChannel> server;

    Sockets(Class<? extends SocketChannel> client, Class<? extends ServerChannel> server) {
        this.client = client;
        this.server = server;
    }

    /**
     * The one that was asked for, or the best there is.
     *
     * @throws IllegalStateException if what was asked for does not work here
     */
    public static Sockets of(Transport transport) {
        return switch (transport) {
            case NIO -> NIO;
            case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
            case EPOLL -> {
                if (!Epoll.isAvailable()) {
                    throw new IllegalStateException("transport epoll does not work here", Epoll.unavailabilityCause());
                }
                yield EPOLL;
            }
        };
    }

    public abstract IoHandlerFactory ioHandlers();

    /** The channel type of outgoing and accepted connections. */
    public Class<? extends SocketChannel> client() {
        return client;
    }

    public Class<? extends ServerChannel> server() {
        return server;
    }
}
