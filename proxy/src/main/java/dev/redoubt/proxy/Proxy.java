package dev.redoubt.proxy;

import dev.redoubt.proxy.cli.RunningProxy;
import dev.redoubt.proxy.cli.StartException;
import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.MainSetting;
import dev.redoubt.proxy.config.Setting;
import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.config.SocketPath;
import dev.redoubt.proxy.config.SocketSettings;
import dev.redoubt.proxy.config.TlsSetting;
import dev.redoubt.proxy.lane.KeepAlive;
import dev.redoubt.proxy.lane.Sockets;
import dev.redoubt.proxy.listen.SocketFile;
import dev.redoubt.proxy.listen.SocketTrouble;
import dev.redoubt.proxy.session.ClientSession;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.status.StatusSource;
import dev.redoubt.proxy.tls.ServerTls;
import dev.redoubt.proxy.tls.TlsProblem;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The data plane as a whole: one lane, its listeners, its upstream. Thread-safe. */
final class Proxy implements RunningProxy {
    private static final int BACKLOG_OF_ACCEPTS = 511;
    private static final long CLOSE_MILLIS = 2_000;

    private final IoEventLoopGroup group;
    private final EventLoop loop;
    private final Wiring wiring;
    private final List<Channel> listeners = new ArrayList<>();
    private final Map<Channel, SocketFile> unixListeners = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopping;

    private Proxy(Settings settings, Sockets sockets) throws StartException {
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("redoubt-lane", true), sockets.ioHandlers());
        this.loop = group.next();
        try {
            this.wiring = new Wiring(settings, sockets, loop);
        } catch (TlsProblem e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new StartException("journal.dir cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the listeners and begins to connect to the upstream.
     *
     * @throws StartException if a listener cannot be opened: nothing is left open then
     */
    static Proxy start(Settings settings) throws StartException {
        Sockets sockets;
        try {
            sockets = Sockets.of(settings.transport());
        } catch (IllegalStateException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        Proxy proxy = new Proxy(settings, sockets);
        try {
            for (HostPort address : settings.listen()) {
                proxy.listen(address.resolve(), sockets, proxy.new Accept(), MainSetting.LISTEN);
            }
            for (HostPort address : settings.tls().listen()) {
                proxy.listen(address.resolve(), sockets, proxy.new AcceptTls(), TlsSetting.LISTEN);
            }
            for (SocketPath socket : settings.sockets().listen()) {
                proxy.listen(socket, settings.sockets(), sockets);
            }
        } catch (StartException e) {
            proxy.stop(Duration.ZERO);
            throw e;
        }
        proxy.loop.execute(proxy.wiring::start);
        return proxy;
    }

    private void listen(InetSocketAddress address, Sockets sockets, ChannelInitializer<Channel> accept, Setting setting)
            throws StartException {
        ServerBootstrap bootstrap = bootstrap(sockets.server(), accept)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
        KeepAlive.of(bootstrap, sockets, wiring.house().limits().tcpKeepalive());
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw StartException.cannotListen(address, setting, bound.cause());
        }
        listeners.add(bound.channel());
    }

    private void listen(SocketPath socket, SocketSettings settings, Sockets sockets) throws StartException {
        SocketFile file = new SocketFile(socket.path(), settings);
        try {
            file.makeRoom();
            ChannelFuture bound = bootstrap(sockets.unixServer(), new Accept())
                    .bind(sockets.unixAddress(socket.path()))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw StartException.cannotListen(socket, bound.cause());
            }
            unixListeners.put(bound.channel(), file);
            file.handOver();
        } catch (SocketTrouble e) {
            throw StartException.cannotListen(socket, e);
        }
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> type, ChannelInitializer<Channel> accept) {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG_OF_ACCEPTS)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, wiring.readBuffers())
                .childHandler(accept);
    }

    private final class Accept extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            allowHalfClosure(channel);
            begin(channel);
        }
    }

    private final class AcceptTls extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            allowHalfClosure(channel);
            ServerTls tls = wiring.tls().clients();
            if (wiring.isFull() || tls == null) {
                channel.close();
            } else {
                tls.secure(channel, () -> begin(channel));
            }
        }
    }

    /** Not as an option of the bootstrap: NIO's Unix sockets take it only here. */
    private static void allowHalfClosure(Channel channel) {
        ((DuplexChannelConfig) channel.config()).setAllowHalfClosure(true);
    }

    private void begin(Channel channel) {
        if (wiring.isFull()) {
            wiring.refuse(channel);
        } else {
            channel.pipeline().addLast(new ClientSession(wiring.house()));
        }
    }

    @Override
    public List<InetSocketAddress> listening() {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    @Override
    public StatusSource status() {
        return () -> {
            CompletableFuture<ProxyStatus> snapshot = new CompletableFuture<>();
            loop.execute(() -> snapshot.complete(wiring.snapshot()));
            return snapshot;
        };
    }

    @Override
    public void stop(Duration grace) {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        unixListeners.forEach((listener, file) -> {
            listener.close().awaitUninterruptibly();
            file.remove();
        });
        CountDownLatch drained = new CountDownLatch(1);
        loop.execute(() -> wiring.drain(drained::countDown));
        try {
            if (!drained.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                Thread.yield(); // the grace is over: whoever is left is closed below
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.submit(wiring::close).awaitUninterruptibly(CLOSE_MILLIS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_MILLIS);
        wiring.release();
        stopped.countDown();
    }

    @Override
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }
}
