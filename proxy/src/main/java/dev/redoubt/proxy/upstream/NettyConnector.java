package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.config.UpstreamSettings;
import dev.redoubt.proxy.lane.ReadBuffers;
import dev.redoubt.proxy.tls.ClientTls;
import dev.redoubt.proxy.tls.TlsTrouble;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the configured host over real sockets. The name is looked up at every attempt, on a thread where that may block; all its addresses are tried in turn. Confined to the lane but for the look-up.
 */
public final class NettyConnector implements Connector {
    private static final int HIGH_WATER_BYTES = 1 << 20;
    /** A blocking command may wait for hours with nothing to acknowledge: only probes tell that its server's machine is gone. */
    private static final int KEEPALIVE_IDLE_SECONDS = 10;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_PROBES = 3;

    private final UpstreamSettings settings;
    private final EventLoop loop;
    private final Executor lookups;
    private final @Nullable ClientTls tls;
    private final Bootstrap bootstrap;

    /**
     * @param lookups threads that may block
     * @param tls null for connections in the clear
     */
    public NettyConnector(
            UpstreamSettings settings,
            EventLoop loop,
            Class<? extends SocketChannel> channelType,
            ReadBuffers buffers,
            Executor lookups,
            @Nullable ClientTls tls) {
        this.settings = settings;
        this.loop = loop;
        this.lookups = lookups;
        this.tls = tls;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(HIGH_WATER_BYTES / 4, HIGH_WATER_BYTES))
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers);
        if (channelType == EpollSocketChannel.class) {
            bootstrap
                    .option(EpollChannelOption.TCP_USER_TIMEOUT, (int)
                            settings.lostAfter().toMillis())
                    .option(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
        }
    }

    @Override
    public String description() {
        return settings.address().toString();
    }

    @Override
    public void connect(ChannelHandler handler, Outcome outcome) {
        lookups.execute(() -> {
            try {
                InetAddress[] addresses = InetAddress.getAllByName(settings.host());
                loop.execute(() -> attempt(handler, addresses, 0, outcome));
            } catch (UnknownHostException e) {
                loop.execute(() -> outcome.failed("the host name " + settings.host() + " cannot be resolved"));
            }
        });
    }

    private void attempt(ChannelHandler handler, InetAddress[] addresses, int index, Outcome outcome) {
        InetSocketAddress address = new InetSocketAddress(addresses[index], settings.port());
        ChannelFuture future = bootstrap.clone().handler(new Passive()).connect(address);
        future.addListener(done -> {
            if (future.isSuccess()) {
                secure(future.channel(), trouble -> {
                    if (trouble == null) {
                        future.channel().pipeline().addLast(handler);
                        outcome.connected(future.channel(), address.toString());
                    } else {
                        attemptNext(handler, addresses, index, outcome, trouble.text());
                    }
                });
            } else {
                attemptNext(handler, addresses, index, outcome, Cause.of(future.cause()));
            }
        });
    }

    private void secure(Channel channel, Consumer<@Nullable TlsTrouble> whenDone) {
        if (tls == null) {
            whenDone.accept(null);
        } else {
            channel.pipeline().remove(Passive.class);
            tls.secure(channel, settings.host(), settings.port(), whenDone);
        }
    }

    private void attemptNext(
            ChannelHandler handler, InetAddress[] addresses, int index, Outcome outcome, String cause) {
        if (index + 1 < addresses.length) {
            attempt(handler, addresses, index + 1, outcome);
        } else {
            outcome.failed(cause);
        }
    }

    /** Stands in until the connection is there, so that a failed attempt does not use the handler up. */
    private static final class Passive extends ChannelInboundHandlerAdapter {}
}
