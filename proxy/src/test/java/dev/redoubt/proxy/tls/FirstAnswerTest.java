package dev.redoubt.proxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
    private static final String REFUSED =
            "TLS: Redis hung up after the handshake (%s); it may want a client certificate "
                    + "(upstream.tls.cert-file); its log says why";

    private final List<String> heard = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FirstAnswer(), new ChannelInboundHandlerAdapter() {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add(cause.getMessage());
        }
    });

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void endInSilenceIsARefusal() {
        channel.close();

        assertEquals(List.of(REFUSED.formatted("closed by Redis")), heard);
    }

    @Test
    void resetInSilenceIsARefusal() {
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.close();

        assertEquals(List.of(REFUSED.formatted("Connection reset by peer")), heard);
    }

    @Test
    void whatTheAlertSaysIsBetter() {
        channel.pipeline().fireExceptionCaught(new TlsLost("TLS: Redis wants a client certificate"));
        channel.close();

        assertEquals(List.of("TLS: Redis wants a client certificate"), heard);
    }

    @Test
    void whoHasAnsweredIsNotSuspected() {
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {'+'}));

        assertNull(channel.pipeline().get(FirstAnswer.class));
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.close();

        assertEquals(List.of("Connection reset by peer"), heard);
    }
}
