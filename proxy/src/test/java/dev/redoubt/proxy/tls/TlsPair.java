package dev.redoubt.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Both ends of a connection with TLS, in the test's own thread. */
final class TlsPair implements AutoCloseable {
    static final String HOST = "redis.example";

    final EmbeddedChannel client = new EmbeddedChannel();
    final EmbeddedChannel server = new EmbeddedChannel();
    /** What the client's side was told: "secured", or a trouble's text; after that, exceptions. */
    final List<String> clientHeard = new ArrayList<>();

    final List<String> serverHeard = new ArrayList<>();
    private final List<SslContext> contexts = new ArrayList<>();

    TlsPair client(SslContext context) {
        contexts.add(context);
        SslHandler tls = context.newHandler(client.alloc(), HOST, 6379);
        secure(client, tls, failure -> TlsTrouble.withServer(failure, HOST), clientHeard);
        return this;
    }

    TlsPair server(SslContext context) {
        contexts.add(context);
        secure(server, context.newHandler(server.alloc()), TlsTrouble::withClient, serverHeard);
        return this;
    }

    private static void secure(
            Channel channel, SslHandler tls, Function<Throwable, TlsTrouble> explain, List<String> heard) {
        TlsGate.secure(channel, tls, 10_000, explain, trouble -> {
            heard.add(trouble == null ? "secured" : trouble.text());
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    heard.add(String.valueOf(cause.getMessage()));
                    ctx.close();
                }
            });
        });
    }

    /** Carries bytes to and fro until nobody has any. */
    TlsPair run() {
        boolean any = true;
        while (any) {
            client.runPendingTasks();
            server.runPendingTasks();
            any = carry(client, server) | carry(server, client);
        }
        return this;
    }

    private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        boolean any = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            any |= bytes.isReadable();
            deliver(to, bytes);
        }
        return any;
    }

    static void deliver(EmbeddedChannel to, ByteBuf bytes) {
        if (to.isActive() && bytes.isReadable()) {
            to.writeOneInbound(Unpooled.copiedBuffer(bytes));
            if (to.isOpen()) {
                to.flushInbound();
            }
        }
        bytes.release();
    }

    @Override
    public void close() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        contexts.forEach(ReferenceCountUtil::release);
    }
}
