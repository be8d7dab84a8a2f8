package dev.redoubt.proxy.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between TLS and the connection's handler, and turns what TLS says into what the handler knows: the end of the handshake, a failure with its reason, the peer's last word. Bytes pass it
 * by. Confined to the lane.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
    /** A peer that takes nothing more is not told goodbye for longer than this. */
    private static final long GOODBYE_MILLIS = 100;

    private final Function<Throwable, TlsTrouble> explain;
    private boolean secured;
    private boolean inputEnded;

    private TlsGate(Function<Throwable, TlsTrouble> explain) {
        this.explain = explain;
    }

    /**
     * Begins a handshake on a channel whose pipeline is empty so far.
     *
     * @param whenDone told once: null when the channel is secured, else why not; the channel is being closed then
     */
    static void secure(
            Channel channel,
            SslHandler tls,
            long handshakeMillis,
            Function<Throwable, TlsTrouble> explain,
            Consumer<@Nullable TlsTrouble> whenDone) {
        tls.setHandshakeTimeoutMillis(handshakeMillis);
        tls.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
        TlsGate gate = new TlsGate(explain);
        tls.handshakeFuture().addListener(done -> {
            gate.secured = done.isSuccess();
            if (done.isSuccess()) {
                whenDone.accept(null);
            } else {
                whenDone.accept(explain.apply(done.cause()));
                channel.close();
            }
        });
        channel.pipeline().addLast("tls", tls).addLast("tls-gate", gate);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean ends = event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent;
        if (!ends) {
            ctx.fireUserEventTriggered(event);
        } else if (!inputEnded && ctx.channel().isActive()) {
            inputEnded = true;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!secured) {
            return; // the handshake's future has told
        }
        boolean ofTls = cause instanceof SSLException || cause instanceof DecoderException;
        ctx.fireExceptionCaught(ofTls ? new TlsLost(explain.apply(cause).text()) : cause);
    }
}
