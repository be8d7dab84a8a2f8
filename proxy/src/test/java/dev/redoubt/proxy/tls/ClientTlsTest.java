package dev.redoubt.proxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.config.TlsFiles;
import dev.redoubt.proxy.config.UpstreamTlsSettings;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.lane.TestSocket;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connection to Redis asks for before it says a word. */
class ClientTlsTest {
    private final TestLoop loop = new TestLoop();
    private final TestSocket socket = new TestSocket(loop);
    private final TlsWorkers workers = new TlsWorkers();

    @AfterEach
    void close() {
        socket.reset();
        workers.close();
    }

    private SSLEngine engine(String host, boolean verifiesHost, String serverName) throws TlsProblem {
        UpstreamTlsSettings settings =
                new UpstreamTlsSettings(TlsFiles.NONE, verifiesHost, serverName, Duration.ofDays(1));
        ClientTls tls = new ClientTls(settings, workers, Runnable::run);
        tls.secure(socket, host, 6379, trouble -> {});
        tls.close();
        return socket.pipeline().get(SslHandler.class).engine();
    }

    private static List<SNIServerName> named(SSLEngine engine) {
        return engine.getSSLParameters().getServerNames();
    }

    @Test
    void onlyTls12And13AreSpoken() throws TlsProblem {
        SSLEngine engine = engine("redis.example", true, null);

        List<String> versions = List.of(engine.getEnabledProtocols()).stream()
                .filter(name -> name.startsWith("TLS"))
                .sorted()
                .toList();
        assertEquals(List.of("TLSv1.2", "TLSv1.3"), versions);
    }

    @Test
    void theHostIsNamedAndChecked() throws TlsProblem {
        SSLEngine engine = engine("redis.example", true, null);

        assertEquals(List.of(new SNIHostName("redis.example")), named(engine));
        assertEquals("redis.example", engine.getPeerHost());
        assertEquals("HTTPS", engine.getSSLParameters().getEndpointIdentificationAlgorithm());
    }

    @Test
    void aNameWithoutDotIsNamedToo() throws TlsProblem {
        assertEquals(List.of(new SNIHostName("redis")), named(engine("redis", true, null)));
    }

    @Test
    void anotherNameTakesTheHostsPlace() throws TlsProblem {
        SSLEngine engine = engine("127.0.0.1", true, "redis.example");

        assertEquals(List.of(new SNIHostName("redis.example")), named(engine));
        assertEquals("redis.example", engine.getPeerHost());
    }

    @Test
    void addressesAreNotNamed() throws TlsProblem {
        assertEquals(0, count(named(engine("127.0.0.1", true, null))));
    }

    @Test
    void namesThatNoDnsHasAreNotNamed() throws TlsProblem {
        assertEquals(0, count(named(engine("my_redis", true, null))));
    }

    private static int count(List<SNIServerName> names) {
        return names == null ? 0 : names.size();
    }

    @Test
    void whoSaysSoIsNotChecked() throws TlsProblem {
        String algorithm =
                engine("redis.example", false, null).getSSLParameters().getEndpointIdentificationAlgorithm();

        assertEquals("", algorithm == null ? "" : algorithm);
    }
}
