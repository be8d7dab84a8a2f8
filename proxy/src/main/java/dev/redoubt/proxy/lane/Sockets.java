package dev.redoubt.proxy.lane;

import dev.redoubt.proxy.config.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * How sockets are driven on this machine (docs/decisions/0010-transport.md). The channel types are named in methods, so that only those of the transport in use are loaded. Stateless.
 */
public enum Sockets {
    IO_URING {
        @Override
        @Nullable
        Throwable whyNot() {
            return IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
        }

        @Override
        public IoHandlerFactory ioHandlers() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        public Class<? extends SocketChannel> client() {
            return IoUringSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return IoUringServerSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> unixServer() {
            return IoUringServerDomainSocketChannel.class;
        }

        @Override
        public Bootstrap probing(Bootstrap bootstrap) {
            return bootstrap
                    .option(IoUringChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .option(IoUringChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .option(IoUringChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
        }

        @Override
        public Acknowledgement acknowledgement(Channel channel) {
            IoUringTcpInfo info = ((IoUringSocketChannel) channel).tcpInfo();
            return new Acknowledgement(info.unacked(), info.probes(), info.lastDataSent(), info.lastAckRecv());
        }
    },
    EPOLL {
        @Override
        @Nullable
        Throwable whyNot() {
            return Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
        }

        @Override
        public IoHandlerFactory ioHandlers() {
            return EpollStay.factory(EpollIoHandler.newFactory());
        }

        @Override
        public Class<? extends SocketChannel> client() {
            return EpollSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return EpollServerSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> unixServer() {
            return EpollServerDomainSocketChannel.class;
        }

        @Override
        public Bootstrap probing(Bootstrap bootstrap) {
            return bootstrap
                    .option(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
        }

        @Override
        public Acknowledgement acknowledgement(Channel channel) {
            EpollTcpInfo info = ((EpollSocketChannel) channel).tcpInfo();
            return new Acknowledgement(info.unacked(), info.probes(), info.lastDataSent(), info.lastAckRecv());
        }
    },
    KQUEUE {
        @Override
        @Nullable
        Throwable whyNot() {
            return KQueue.isAvailable() ? null : KQueue.unavailabilityCause();
        }

        @Override
        public IoHandlerFactory ioHandlers() {
            return KQueueIoHandler.newFactory();
        }

        @Override
        public Class<? extends SocketChannel> client() {
            return KQueueSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return KQueueServerSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> unixServer() {
            return KQueueServerDomainSocketChannel.class;
        }
    },
    NIO {
        @Override
        @Nullable
        Throwable whyNot() {
            return null;
        }

        @Override
        public IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends SocketChannel> client() {
            return NioSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return NioServerSocketChannel.class;
        }

        @Override
        public Class<? extends ServerChannel> unixServer() {
            return NioServerDomainSocketChannel.class;
        }

        @Override
        public SocketAddress unixAddress(Path path) {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public Bootstrap probing(Bootstrap bootstrap) {
            return bootstrap
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_IDLE_SECONDS)
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_INTERVAL_SECONDS)
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVE_PROBES);
        }
    };

    /** A blocking command may wait for hours with nothing to acknowledge: only probes tell that its server's machine is gone. */
    private static final int KEEPALIVE_IDLE_SECONDS = 10;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_PROBES = 3;

    /**
     * The one that was asked for, or the best there is.
     *
     * @throws IllegalStateException if what was asked for does not work here; its message says why
     */
    public static Sockets of(Transport transport) {
        return switch (transport) {
            case AUTO -> best();
            case IO_URING -> required(IO_URING, "io_uring");
            case EPOLL -> required(EPOLL, "epoll");
            case KQUEUE -> required(KQUEUE, "kqueue");
            case NIO -> NIO;
        };
    }

    /** Only what this system could have is looked for, as each look loads classes and a library. */
    private static Sockets best() {
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Linux")) {
            return EPOLL.whyNot() == null ? EPOLL : NIO;
        }
        return system.startsWith("Mac") && KQUEUE.whyNot() == null ? KQUEUE : NIO;
    }

    private static Sockets required(Sockets wanted, String name) {
        Throwable reason = wanted.whyNot();
        if (reason == null) {
            return wanted;
        }
        Throwable cause = reason;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        throw new IllegalStateException(
                "transport " + name + " does not work here (" + cause.getMessage()
                        + "); --transport auto takes the best that does",
                reason);
    }

    /** Null if it works here. */
    @Nullable
    abstract Throwable whyNot();

    public abstract IoHandlerFactory ioHandlers();

    /** The channel type of outgoing and accepted connections. */
    public abstract Class<? extends SocketChannel> client();

    public abstract Class<? extends ServerChannel> server();

    /** The channel type of a Unix socket's listener. */
    public abstract Class<? extends ServerChannel> unixServer();

    /** What a Unix socket's listener is bound to. */
    public SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toString());
    }

    /** Has TCP ask a silent connection's other side whether it is still there. With kqueue the system's own times hold. */
    public Bootstrap probing(Bootstrap bootstrap) {
        return bootstrap;
    }

    /** Whether {@link #acknowledgement} can be asked. */
    public boolean tellsAcknowledgements() {
        return this == IO_URING || this == EPOLL;
    }

    /** What the kernel knows of a connection that is open. Only where it {@link #tellsAcknowledgements}. */
    public Acknowledgement acknowledgement(Channel channel) {
        throw new UnsupportedOperationException(name() + " tells nothing of acknowledgements");
    }
}
