package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RawClient.ConnectionLost;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that come with TLS, beside those that don't. */
@Timeout(90)
class TlsListenerIT {
    private static final int TLS_PORT = FreePort.next();
    private static final int MUTUAL_PORT = FreePort.next();

    private static TestPki pki;
    private static RedisServer redis;
    private static ProxyProcess proxy;
    private static ProxyPages pages;

    @BeforeAll
    static void start() {
        pki = new TestPki("the CA");
        redis = RedisServer.started();
        proxy = before(TLS_PORT).start();
        pages = new ProxyPages(proxy);
        pages.awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
        pki.close();
    }

    private static ProxyProcess.Setup before(int tlsPort) {
        Identity own = pki.local("redoubt");
        return ProxyProcess.setup()
                .upstream(redis)
                .options("--tls-listen", "localhost:" + tlsPort)
                .options("--tls-cert-file", own.certificate() + "", "--tls-key-file", own.key() + "");
    }

    @Test
    void librariesAreServedThroughARestartOfRedis() {
        try (Load load = Load.of(pages, TlsClients.all(pki, null, TLS_PORT))) {
            redis.kill();
            Eventually.holdsFor("the outage", Duration.ofMillis(500), () -> !redis.isRunning());
            redis.start();

            load.awaitProgress();
            load.verify(redis);
        }
    }

    @Test
    void largeRepliesAndPipelinesArriveWhole() {
        try (RawClient client = TlsClients.raw(pki, null, TLS_PORT)) {
            String large = "0123456789".repeat(200_000);
            assertEquals("OK", client.call("SET", "large", large));
            assertEquals("OK", client.call("SET", "small", "x"));
            for (int i = 0; i < 10; i++) {
                client.send("GET", "large");
                client.send("GET", "small");
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(large, client.read());
                assertEquals("x", client.read());
            }
        }
    }

    @Test
    void plainClientIsRefusedWithOneLineHoweverOftenItComes() {
        for (int i = 0; i < 50; i++) {
            try (RawClient plain = RawClient.connect("localhost", TLS_PORT)) {
                assertThrows(ConnectionLost.class, () -> plain.call("PING"));
            }
        }

        assertEquals(1, lines("the client speaks Redis without TLS"));
    }

    @Test
    void tlsClientOfThePlainPortIsRefusedWithOneLineHoweverOftenItComes() {
        for (int i = 0; i < 50; i++) {
            assertThrows(ConnectionLost.class, () -> TlsClients.raw(pki, null, proxy.port()));
        }

        assertEquals(1, lines("A client speaks TLS at a port without"));
    }

    private static long lines(String part) {
        return proxy.output().lines().filter(line -> line.contains(part)).count();
    }

    @Test
    void whoNeverShakesHandsTakesNobodysPlace() {
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(RawClient.connect("localhost", TLS_PORT));
        }
        try (RawClient client = TlsClients.raw(pki, null, TLS_PORT)) {
            assertEquals("PONG", client.call("PING"));
        }
        silent.forEach(RawClient::close);
    }

    @Test
    void ourOwnClientSpeaksIt() {
        try (ProxyProcess cli = ProxyProcess.setup()
                .launch("cli", "-h", "localhost", "-p", TLS_PORT + "", "--tls", "--cacert", pki.ca() + "", "PING")) {
            assertEquals(0, cli.awaitEnd(), cli.output());
            assertEquals("PONG", cli.output().strip());
        }
    }

    @Test
    void mutualMeansThatAClientNeedsACertificate() {
        Identity app = pki.local("app");
        try (ProxyProcess mutual =
                before(MUTUAL_PORT).options("--tls-ca-file", pki.ca() + "").start()) {
            ProxyPages mutualPages = new ProxyPages(mutual);
            mutualPages.awaitState("up");
            assertThrows(ConnectionLost.class, () -> {
                try (RawClient nobody = TlsClients.raw(pki, null, MUTUAL_PORT)) {
                    nobody.call("PING");
                }
            });
            Eventually.until("the reason", () -> mutual.output().contains("the client shows no certificate"));
            try (Load load = Load.of(mutualPages, TlsClients.all(pki, app, MUTUAL_PORT))) {
                load.awaitProgress();
                load.verify(redis);
            }
            assertTrue(mutual.output().contains("(TLS, for clients with a certificate)"), mutual.output());
        }
    }
}
