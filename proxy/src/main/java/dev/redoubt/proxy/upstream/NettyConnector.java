package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.config.UpstreamSettings;
import dev.redoubt.proxy.lane.ReadBuffers;
import dev.redoubt.proxy.lane.Sockets;
import dev.redoubt.proxy.resolver.Answer;
import dev.redoubt.proxy.resolver.HostAddresses;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the configured host over real sockets. All its addresses are tried in turn. Confined to the lane.
 */
public final class NettyConnector implements Connector {
    private static final int HIGH_WATER_BYTES = 1 << 20;
    private final UpstreamSettings settings;
    private final HostAddresses addresses;
    private final @Nullable ClientTls tls;
    private final Bootstrap bootstrap;
    private final WayWatch watch;

    /**
     * @param addresses of the host
     * @param tls null for connections in the clear
     */
    public NettyConnector(
            UpstreamSettings settings,
            EventLoop loop,
            Sockets sockets,
            ReadBuffers buffers,
            HostAddresses addresses,
            @Nullable ClientTls tls) {
        this.settings = settings;
        this.addresses = addresses;
        this.tls = tls;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(sockets.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(HIGH_WATER_BYTES / 4, HIGH_WATER_BYTES))
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers);
        sockets.probing(bootstrap);
        this.watch = sockets.tellsAcknowledgements()
                ? new AcknowledgementWatch(sockets, settings.lostAfter())
                : new WayProbe(bootstrap, settings.lostAfter());
    }

    @Override
    public void tick(long nowNanos, long silentNanos) {
        watch.tick(nowNanos, silentNanos);
    }

    @Override
    public String description() {
        return settings.address().toString();
    }

    @Override
    public void connect(ChannelHandler handler, Outcome outcome) {
        addresses.find(answer -> {
            if (answer instanceof Answer.Found found) {
                new Attempt(found.addresses(), handler, outcome).next();
            } else if (answer instanceof Answer.Missing missing) {
                addresses.onFailed();
                outcome.failed("the host name " + settings.host() + " cannot be resolved: " + missing.reason());
            }
        });
    }

    /** One attempt: address after address. */
    private final class Attempt {
        private final Deque<InetAddress> left;
        private final ChannelHandler handler;
        private final Outcome outcome;
        /** Sorted, so that they read the same when DNS gives the addresses in another order. */
        private final Set<String> causes = new TreeSet<>();

        Attempt(List<InetAddress> addresses, ChannelHandler handler, Outcome outcome) {
            this.left = new ArrayDeque<>(addresses);
            this.handler = handler;
            this.outcome = outcome;
        }

        void next() {
            InetAddress address = left.poll();
            if (address == null) {
                addresses.onFailed();
                outcome.failed(String.join("; ", causes));
                return;
            }
            InetSocketAddress place = new InetSocketAddress(address, settings.port());
            ChannelFuture future = bootstrap.clone().handler(new Passive()).connect(place);
            future.addListener(done -> {
                if (future.isSuccess()) {
                    watch.add(future.channel());
                    secure(future.channel(), trouble -> onSecured(future.channel(), place, trouble));
                } else {
                    failed(Cause.of(future.cause()));
                }
            });
        }

        private void onSecured(Channel channel, InetSocketAddress place, @Nullable TlsTrouble trouble) {
            if (trouble != null) {
                failed(trouble.text());
                return;
            }
            addresses.onConnected(place.getAddress());
            channel.pipeline().addLast(handler);
            outcome.connected(channel, place.getAddress().getHostAddress() + ":" + place.getPort());
        }

        private void failed(String cause) {
            causes.add(cause);
            next();
        }
    }

    private void secure(Channel channel, Consumer<@Nullable TlsTrouble> whenDone) {
        if (tls == null) {
            whenDone.accept(null);
        } else {
            channel.pipeline().remove(Passive.class);
            tls.secure(channel, settings.host(), settings.port(), whenDone);
        }
    }

    /** Stands in until the connection is there, so that a failed attempt does not use the handler up. */
    private static final class Passive extends ChannelInboundHandlerAdapter {}
}
