package dev.redoubt.proxy.lane;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Has TCP ask each accepted client that is silent for a while whether it is still there, as {@code anetKeepAlive} in anet.c of Redis does it: three times, a third of that while apart. With kqueue the system's own times
 * hold. Stateless.
 */
public final class KeepAlive {
    private static final int PROBES = 3;

    private KeepAlive() {}

    /** @param after whole seconds, one at least; zero for never */
    public static void of(ServerBootstrap bootstrap, Sockets sockets, Duration after) {
        bootstrap.childOption(ChannelOption.SO_KEEPALIVE, !after.isZero());
        if (after.isZero()) {
            return;
        }
        int idle = (int) Math.max(1, after.toSeconds());
        int interval = Math.max(1, idle / PROBES);
        switch (sockets) {
            case EPOLL ->
                bootstrap
                        .childOption(EpollChannelOption.TCP_KEEPIDLE, idle)
                        .childOption(EpollChannelOption.TCP_KEEPINTVL, interval)
                        .childOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
            case IO_URING ->
                bootstrap
                        .childOption(IoUringChannelOption.TCP_KEEPIDLE, idle)
                        .childOption(IoUringChannelOption.TCP_KEEPINTVL, interval)
                        .childOption(IoUringChannelOption.TCP_KEEPCNT, PROBES);
            case NIO ->
                bootstrap
                        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle)
                        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval)
                        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
            case KQUEUE -> {}
        }
    }
}
