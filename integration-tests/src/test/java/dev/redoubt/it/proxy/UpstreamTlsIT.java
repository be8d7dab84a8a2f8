package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.Push;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import dev.redoubt.it.redis.TlsRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis behind TLS: every kind of connection, outages, and why a connection is refused. */
@Timeout(90)
class UpstreamTlsIT {
    private static final String JDK = "-Dio.netty.handler.ssl.noOpenSsl=true";
    private static final String BORINGSSL = "-Dio.netty.handler.ssl.noOpenSsl=false";

    private static TestPki pki;
    private static TestPki strangers;
    private static Identity own;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki("the CA");
        strangers = new TestPki("another CA");
        own = pki.local("redis");
    }

    @AfterAll
    static void deleteCertificates() {
        pki.close();
        strangers.close();
    }

    private static ProxyProcess.Setup before(TlsRedis redis) {
        return ProxyProcess.setup().options("--upstream", redis.uri(), "--upstream-tls-ca-file", pki.ca() + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {BORINGSSL, JDK})
    void everyKindOfConnectionIsEncrypted(String provider) {
        try (TlsRedis redis = TlsRedis.started(pki, own);
                ProxyProcess proxy = before(redis).jvm(provider).start();
                RawClient client = proxy.connect();
                RawClient blocked = proxy.connect();
                RawClient subscriber = proxy.connect();
                RawClient direct = redis.server().connect()) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("OK", client.call("SET", "k", "v"));
            String large = "x".repeat(3_000_000);
            assertEquals("OK", client.call("SET", "large", large));
            assertEquals(large, client.call("GET", "large"));
            assertEquals("OK", client.call("MULTI"));
            assertEquals("QUEUED", client.call("GET", "k"));
            assertEquals(List.of("v"), client.call("EXEC"));
            assertEquals("OK", client.call("SELECT", "5"));
            subscriber.call("SUBSCRIBE", "news");
            assertEquals(1L, client.call("PUBLISH", "news", "hello"));
            assertEquals(List.of("message", "news", "hello"), elements(subscriber.read()));
            blocked.send("BLPOP", "list", "0");
            Eventually.until(
                    "a blocked client", () -> ((String) direct.call("INFO", "clients")).contains("blocked_clients:1"));

            List<String> ours = ((String) direct.call("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> line.contains("name=redoubt-"))
                    .toList();
            assertTrue(ours.size() >= 4, ours.toString());
            for (String line : ours) {
                assertTrue(line.contains("laddr=127.0.0.1:" + redis.tlsPort()), line);
            }
            assertEquals(1L, direct.call("RPUSH", "list", "element"));
            assertEquals(List.of("list", "element"), blocked.read());
        }
    }

    private static Object elements(Object message) {
        return message instanceof Push push ? push.elements() : message;
    }

    @ParameterizedTest
    @ValueSource(strings = {BORINGSSL, JDK})
    void killedAndBackUnderLoad(String provider) {
        try (TlsRedis redis = TlsRedis.started(pki, own);
                ProxyProcess proxy = before(redis).jvm(provider).start()) {
            ProxyPages pages = new ProxyPages(proxy);
            try (Load load = Load.of(proxy, pages, Library.LETTUCE, Library.RAW)) {
                for (int i = 0; i < 3; i++) {
                    redis.server().kill();
                    Eventually.holdsFor(
                            "the outage",
                            Duration.ofMillis(500),
                            () -> !redis.server().isRunning());
                    redis.server().start();
                    load.awaitProgress();
                }
                load.verify(redis.server());
            }
        }
    }

    @Test
    void mutualTlsShowsOurCertificate() {
        Identity ours = pki.local("redoubt");
        try (TlsRedis redis = TlsRedis.mutual(pki, own);
                ProxyProcess proxy = before(redis)
                        .options("--upstream-tls-cert-file", ours.certificate() + "")
                        .options("--upstream-tls-key-file", ours.key() + "")
                        .start();
                RawClient client = proxy.connect()) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("OK", client.call("SET", "k", "v"));
            check(0, "passed  TLS          TLSv1.3, CN=redis", redis, pki, ours);
        }
    }

    // ---- refused

    @Test
    void wrongCa() {
        try (TlsRedis redis = TlsRedis.started(pki, own)) {
            isRefused("the certificate of localhost is signed by no CA that is trusted here", redis, strangers);
        }
    }

    @Test
    void wrongHostName() {
        try (TlsRedis redis = TlsRedis.started(pki, pki.foreign("foreign"))) {
            isRefused("the certificate is not for localhost", redis, pki);
        }
    }

    @Test
    void wrongHostNameIsAcceptedWhereThatIsAskedFor() {
        try (TlsRedis redis = TlsRedis.started(pki, pki.foreign("foreign"));
                ProxyProcess proxy = before(redis)
                        .options("--upstream-tls-verify-host", "false")
                        .start()) {
            new ProxyPages(proxy).awaitState("up");
            assertTrue(proxy.output().contains("WARNING: whose certificate it is, is not checked"), proxy.output());
        }
    }

    @Test
    void theNameMayBeAnother() {
        try (TlsRedis redis = TlsRedis.started(pki, pki.foreign("foreign"));
                ProxyProcess proxy = before(redis)
                        .options("--upstream-tls-server-name", "other.example")
                        .start()) {
            new ProxyPages(proxy).awaitState("up");
        }
    }

    @Test
    void expiredCertificate() {
        try (TlsRedis redis = TlsRedis.started(pki, pki.expired("expired"))) {
            isRefused("the certificate of localhost has expired", redis, pki);
        }
    }

    @Test
    void missingClientCertificate() {
        try (TlsRedis redis = TlsRedis.mutual(pki, own)) {
            isRefused("client certificate", redis, pki);
        }
    }

    @Test
    void redisWithoutTls() {
        try (TlsRedis redis = TlsRedis.started(pki, own);
                ProxyProcess proxy = ProxyProcess.setup()
                        .options(
                                "--upstream",
                                "rediss://localhost:" + redis.server().port())
                        .start()) {
            Eventually.until(
                    "the reason",
                    () -> proxy.output().contains("no answer to the handshake; is there TLS at this port?"));
        }
    }

    /** Says why, in the log, in /health, to clients and in {@code redoubt check}; and Redis hears no command, not even a password. */
    private static void isRefused(String reason, TlsRedis redis, TestPki trusted) {
        try (ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", "rediss://:secret@localhost:" + redis.tlsPort())
                        .options("--upstream-tls-ca-file", trusted.ca() + "", "--fallback-enabled", "false")
                        .options("--backlog-hold-budget", "500ms")
                        .start();
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            Eventually.until("the reason", () -> proxy.output().contains(reason));
            pages.awaitMetric("connect_attempts_total", 5);
            assertTrue(pages.health().contains(reason.replace(" ", "")), pages.health());
            String error = client.call("SET", "k", "v").toString();
            assertTrue(error.contains("UNAVAILABLE") && error.contains(reason), error);
            try (RawClient direct = redis.server().connect()) {
                assertEquals(0L, direct.call("DBSIZE"));
                String heard = (String) direct.call("INFO", "commandstats");
                assertFalse(heard.contains("cmdstat_auth") || heard.contains("cmdstat_client"), heard);
            }
        }
        check(1, reason, redis, trusted, null);
    }

    private static void check(int exitStatus, String line, TlsRedis redis, TestPki trusted, Identity identity) {
        try (ProxyProcess check = identity == null
                ? ProxyProcess.setup()
                        .launch("check", "--upstream", redis.uri(), "--upstream-tls-ca-file", trusted.ca() + "")
                : ProxyProcess.setup()
                        .launch(
                                "check",
                                "--upstream",
                                redis.uri(),
                                "--upstream-tls-ca-file",
                                trusted.ca() + "",
                                "--upstream-tls-cert-file",
                                identity.certificate() + "",
                                "--upstream-tls-key-file",
                                identity.key() + "")) {
            assertEquals(exitStatus, check.awaitEnd(), check.output());
            assertTrue(check.output().contains(line), check.output());
        }
    }
}
