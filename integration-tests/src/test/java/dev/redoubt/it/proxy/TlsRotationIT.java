package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import dev.redoubt.it.redis.TlsRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates are replaced while clients work, and nobody notices. */
@Timeout(90)
class TlsRotationIT {
    private static final String CHANGED = "The files of TLS have changed: new connections use them";
    private static final String BROKEN = "The files of TLS have changed and cannot be used";

    private final List<SSLSocket> visitors = new ArrayList<>();

    @Test
    void listenersCertificateIsReplacedUnderLoad() {
        int port = FreePort.next();
        try (TestPki pki = new TestPki("the CA");
                RedisServer redis = RedisServer.started()) {
            Identity own = pki.local("redoubt");
            try (ProxyProcess proxy = ProxyProcess.setup()
                    .upstream(redis)
                    .options("--tls-listen", "localhost:" + port, "--tls-reload-interval", "100ms")
                    .options("--tls-cert-file", own.certificate() + "", "--tls-key-file", own.key() + "")
                    .start()) {
                ProxyPages pages = new ProxyPages(proxy);
                pages.awaitState("up");
                try (Load load = Load.of(pages, TlsClients.all(pki, null, port))) {
                    assertEquals(own.serial(), serialAt(pki, port));

                    pki.write("redoubt.pem", "nothing");
                    Eventually.until("the complaint", () -> proxy.output().contains(BROKEN));
                    assertEquals(own.serial(), serialAt(pki, port));

                    Identity next = pki.local("redoubt");
                    Eventually.until("the change", () -> proxy.output().contains(CHANGED));
                    assertEquals(next.serial(), serialAt(pki, port));

                    load.awaitProgress();
                    load.verify(redis);
                }
            }
        }
    }

    /** Of the certificate that a new client sees; it stays, as {@link Load} counts those that are closed. */
    private String serialAt(TestPki pki, int port) {
        try {
            SSLSocket socket = (SSLSocket) pki.context(null).getSocketFactory().createSocket("localhost", port);
            visitors.add(socket);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeVisitors() throws IOException {
        for (SSLSocket visitor : visitors) {
            visitor.close();
        }
    }

    /** Redis and we move to another CA, in the order that an operator does it: first both CAs are trusted, then certificates change. */
    @Test
    void wholeCaIsReplacedTowardsRedisUnderLoad() {
        try (TestPki old = new TestPki("the old CA");
                TestPki next = new TestPki("the next CA")) {
            old.local("redoubt");
            String trusted = old.write("trusted.pem", old.caText()).toString();
            try (TlsRedis redis = TlsRedis.mutual(old, old.local("redis"));
                    RawClient direct = redis.server().connect();
                    ProxyProcess proxy = proxy(redis, old, trusted)) {
                ProxyPages pages = new ProxyPages(proxy);
                pages.awaitState("up");
                try (Load load = Load.of(proxy, pages, Library.JEDIS, Library.LETTUCE, Library.RAW)) {
                    old.write("trusted.pem", old.caText() + "\n" + next.caText());
                    Eventually.until("both CAs", () -> proxy.output().contains(CHANGED));
                    Identity nextRedis = next.local("redis");
                    String[] nextFiles = {
                        "CONFIG", "SET",
                        "tls-cert-file", nextRedis.certificate() + "",
                        "tls-key-file", nextRedis.key() + "",
                        "tls-ca-cert-file", next.ca() + ""
                    };
                    assertEquals("OK", direct.call(nextFiles));
                    Identity nextOwn = next.local("redoubt");
                    replace(old, nextOwn);
                    Eventually.until("our next certificate", () -> occurrences(proxy.output(), CHANGED) >= 2);

                    assertTrue((Long) direct.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes") > 0);

                    load.awaitProgress();
                    load.verify(redis.server());
                }
            }
        }
    }

    private static ProxyProcess proxy(TlsRedis redis, TestPki files, String trusted) {
        String directory = files.ca().getParent() + "/";
        return ProxyProcess.setup()
                .options("--upstream", redis.uri(), "--upstream-tls-ca-file", trusted)
                .options("--upstream-tls-cert-file", directory + "redoubt.pem")
                .options("--upstream-tls-key-file", directory + "redoubt.key")
                .options("--tls-reload-interval", "100ms")
                .start();
    }

    /** The key comes a moment after its certificate, as files do. */
    private static void replace(TestPki files, Identity by) {
        files.write("redoubt.pem", by.bundle().getCertificatePEM());
        files.write("redoubt.key", by.bundle().getPrivateKeyPEM());
    }

    private static int occurrences(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
