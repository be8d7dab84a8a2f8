package dev.redoubt.proxy.lane;

import dev.redoubt.proxy.config.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** How sockets are driven on this machine. */
public enum Sockets {
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class, EpollServerDomainSocketChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return EpollStay.factory(EpollIoHandler.newFactory());
        }

        @Override
        public SocketAddress unixAddress(Path path) {
            return new DomainSocketAddress(path.toString());
        }
    },
    NIO(NioSocketChannel.class, NioServerSocketChannel.class, NioServerDomainSocketChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        public SocketAddress unixAddress(Path path) {
            return UnixDomainSocketAddress.of(path);
        }
    };

    private final Class<? extends SocketChannel> client;
    private final Class<? extends ServerChannel> server;
    private final Class<? extends ServerChannel> unixServer;

    Sockets(
            Class<? extends SocketChannel> client,
            Class<? extends ServerChannel> server,
            Class<? extends ServerChannel> unixServer) {
        this.client = client;
        this.server = server;
        this.unixServer = unixServer;
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

    /** What a Unix socket's listener is bound to. */
    public abstract SocketAddress unixAddress(Path path);

    /** The channel type of outgoing and accepted connections. */
    public Class<? extends SocketChannel> client() {
        return client;
    }

    public Class<? extends ServerChannel> server() {
        return server;
    }

    /** The channel type of a Unix socket's listener. */
    public Class<? extends ServerChannel> unixServer() {
        return unixServer;
    }
}
