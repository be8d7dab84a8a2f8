package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** TLS on a test's socket, as towards Redis, and the server at its other end. */
public final class TestTls implements AutoCloseable {
    private static final X509Bundle CA = TestCertificates.ca("the CA");
    private static final X509Bundle REDIS = TestCertificates.leaf(CA, TlsPair.HOST);

    private final EmbeddedChannel server = new EmbeddedChannel();
    private final SslContext clientContext;
    private final SslContext serverContext;
    private long decrypted;

    /** Every protocol with every provider that works here. */
    public static Stream<Arguments> ways() {
        Stream<SslProvider> providers = OpenSsl.isAvailable()
                ? Stream.of(SslProvider.JDK, SslProvider.OPENSSL_REFCNT)
                : Stream.of(SslProvider.JDK);
        return providers.flatMap(
                provider -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(protocol, provider.name())));
    }

    /** Shakes hands. */
    public TestTls(String protocol, String provider, TestLoop loop, TestSocket socket) throws TlsProblem {
        SslProvider by = SslProvider.valueOf(provider);
        serverContext = TestCertificates.material(null, REDIS).server(by);
        clientContext = TestCertificates.material(CA, null).client(by, true);
        SslHandler serverTls = serverContext.newHandler(server.alloc());
        serverTls.engine().setEnabledProtocols(new String[] {protocol});
        server.pipeline().addLast(serverTls);
        SslHandler tls = clientContext.newHandler(socket.alloc(), TlsPair.HOST, 6379);
        ClientTls.onlyWholeRecords(tls);
        boolean[] secured = new boolean[1];
        TlsGate.secure(
                socket,
                tls,
                10_000,
                failure -> TlsTrouble.withServer(failure, TlsPair.HOST),
                trouble -> secured[0] = trouble == null);
        for (int i = 0; i < 20; i++) {
            loop.run();
            deliver(socket.takeSent());
            server.runPendingTasks();
            for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
                byte[] bytes = new byte[out.readableBytes()];
                out.readBytes(bytes).release();
                socket.receive(bytes);
            }
        }
        if (!secured[0]) {
            throw new IllegalStateException("no handshake with " + protocol);
        }
    }

    /** The server gets these bytes. */
    public void deliver(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        server.writeOneInbound(Unpooled.copiedBuffer(bytes));
        server.flushInbound();
        for (ByteBuf in = server.readInbound(); in != null; in = server.readInbound()) {
            decrypted += in.readableBytes();
            in.release();
        }
    }

    /** How many records (RFC 8446, 5.1) these bytes are. */
    public static int records(byte[] bytes) {
        int count = 0;
        for (int at = 0; at < bytes.length; count++) {
            at += 5 + ((bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff);
        }
        return count;
    }

    /** How many bytes the server has understood. */
    public long decrypted() {
        return decrypted;
    }

    @Override
    public void close() {
        server.finishAndReleaseAll();
        ReferenceCountUtil.release(clientContext);
        ReferenceCountUtil.release(serverContext);
    }
}
