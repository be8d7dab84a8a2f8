package dev.redoubt.proxy.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Waits for the first byte that Redis says, and goes. With TLS 1.3 a client is secured before the server has looked at its certificate: a connection that ends in silence after that was refused, be it that the
 * alert which says so was lost on the way, as a reset takes unread bytes with it. Confined to the lane.
 */
final class FirstAnswer extends ChannelInboundHandlerAdapter {
    private boolean told;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        told = true;
        boolean isReset = cause instanceof IOException && !(cause instanceof TlsLost);
        ctx.fireExceptionCaught(isReset ? refused(cause) : cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!told) {
            ctx.fireExceptionCaught(
                    new TlsLost(TlsTrouble.silence("closed by Redis").text()));
        }
        ctx.fireChannelInactive();
    }

    private static TlsLost refused(Throwable cause) {
        return new TlsLost(
                TlsTrouble.silence(String.valueOf(cause.getMessage())).text());
    }
}
