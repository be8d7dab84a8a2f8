package dev.redoubt.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the kernel tells nothing of acknowledgements: when the server is silent, sees whether a new connection to its address can be opened. The machine of a process that is stopped or busy accepts it by itself; over a
 * way that swallows everything, none comes up. Confined to the lane.
 */
final class WayProbe implements WayWatch {
    /** A probe begins after a third of the limit, and has the rest of it. */
    private static final int SHARES = 3;

    private final Bootstrap bootstrap;
    private final long patienceNanos;
    private final String cause;
    private final Set<Channel> open = new HashSet<>();
    private final Set<SocketAddress> probed = new HashSet<>();
    private boolean silent;
    private long nextNanos;

    /** @param bootstrap as for any connection to the server */
    WayProbe(Bootstrap bootstrap, Duration limit) {
        this.patienceNanos = limit.toNanos() / SHARES;
        this.cause = "no answer for " + limit.toMillis() + " ms, and no new connection can be opened";
        long rest = limit.toMillis() - limit.toMillis() / SHARES;
        this.bootstrap = bootstrap.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, rest));
    }

    @Override
    public void add(Channel connection) {
        open.add(connection);
        connection.closeFuture().addListener(closed -> open.remove(connection));
    }

    @Override
    public void tick(long nowNanos, long silentNanos) {
        boolean wasSilent = silent;
        silent = silentNanos > patienceNanos;
        if (silent && (!wasSilent || nowNanos - nextNanos >= 0)) {
            nextNanos = nowNanos + patienceNanos;
            List.copyOf(open).forEach(connection -> probe(connection.remoteAddress()));
        }
    }

    private void probe(SocketAddress address) {
        if (address != null && probed.add(address)) {
            ChannelFuture attempt = bootstrap
                    .clone()
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address);
            attempt.addListener(done -> {
                probed.remove(address);
                attempt.channel().close();
                if (silent && !done.isSuccess()) {
                    end(address);
                }
            });
        }
    }

    private void end(SocketAddress address) {
        for (Channel connection : List.copyOf(open)) {
            if (address.equals(connection.remoteAddress())) {
                WayWatch.end(connection, cause);
            }
        }
    }
}
