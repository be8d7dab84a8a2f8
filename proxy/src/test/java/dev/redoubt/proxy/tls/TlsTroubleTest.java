package dev.redoubt.proxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real handshakes that fail, with each provider that works here: what people are told. */
class TlsTroubleTest {
    private static final X509Bundle CA = TestCertificates.ca("the CA");
    private static final X509Bundle OTHER_CA = TestCertificates.ca("another CA");
    private static final X509Bundle REDIS = TestCertificates.leaf(CA, TlsPair.HOST);
    private static final Instant NOW = Instant.now();

    static Stream<SslProvider> providers() {
        return OpenSsl.isAvailable()
                ? Stream.of(SslProvider.JDK, SslProvider.OPENSSL_REFCNT)
                : Stream.of(SslProvider.JDK);
    }

    private static TlsPair pair(SslProvider provider, X509Bundle trusted, X509Bundle own, X509Bundle server)
            throws TlsProblem {
        return new TlsPair()
                .server(TestCertificates.material(null, server).server(provider))
                .client(TestCertificates.material(trusted, own).client(provider, true))
                .run();
    }

    private static void assertTold(String part, Iterable<String> heard) {
        String all = String.join(" / ", heard);
        assertTrue(all.contains(part), "told: " + all);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theRightCertificateIsAccepted(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = pair(provider, CA, null, REDIS)) {
            assertEquals("[secured] [secured]", pair.clientHeard + " " + pair.serverHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherCa(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = pair(provider, OTHER_CA, null, REDIS)) {
            assertEquals(1, pair.clientHeard.size());
            assertTold("redis.example is signed by no CA that is trusted here", pair.clientHeard);
            assertTold("the client refused the handshake", pair.serverHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherHost(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = pair(provider, CA, null, TestCertificates.leaf(CA, "other.example"))) {
            assertTold("the certificate is not for redis.example", pair.clientHeard);
            assertTold("upstream.tls.server-name", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherHostDoesNotMatterWhenHostsAreNotChecked(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = new TlsPair()
                .server(TestCertificates.material(null, TestCertificates.leaf(CA, "other.example"))
                        .server(provider))
                .client(TestCertificates.material(CA, null).client(provider, false))
                .run()) {
            assertTold("secured", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void expired(SslProvider provider) throws TlsProblem {
        X509Bundle old =
                TestCertificates.leaf(CA, TlsPair.HOST, NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)));
        try (TlsPair pair = pair(provider, CA, null, old)) {
            assertTold("the certificate of redis.example has expired", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void notYetValid(SslProvider provider) throws TlsProblem {
        X509Bundle early =
                TestCertificates.leaf(CA, TlsPair.HOST, NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(9)));
        try (TlsPair pair = pair(provider, CA, null, early)) {
            assertTold("is not valid yet", pair.clientHeard);
        }
    }

    /** With TLS 1.3 the client is secured first and hears of it afterwards. */
    @ParameterizedTest
    @MethodSource("providers")
    void missingClientCertificate(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = clientWith(provider, null)) {
            assertTold("the client shows no certificate that a CA of tls.ca-file has signed", pair.serverHeard);
            assertTold("upstream.tls.cert-file", pair.clientHeard);
        }
    }

    /** The server names its CAs, and the client does not show what they cannot have signed. */
    @ParameterizedTest
    @MethodSource("providers")
    void clientCertificateOfAnotherCa(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = clientWith(provider, TestCertificates.leaf(OTHER_CA, "app"))) {
            assertTold("the client shows no certificate that a CA of tls.ca-file has signed", pair.serverHeard);
            assertTold("upstream.tls.cert-file", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void expiredClientCertificate(SslProvider provider) throws TlsProblem {
        X509Bundle old = TestCertificates.leaf(CA, "app", NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)));
        try (TlsPair pair = clientWith(provider, old)) {
            assertTold("the client's certificate is not accepted", pair.serverHeard);
            assertTold("Redis misses our certificate or does not accept it", pair.clientHeard);
        }
    }

    private static TlsPair clientWith(SslProvider provider, X509Bundle own) throws TlsProblem {
        return new TlsPair()
                .server(TestCertificates.material(CA, REDIS).server(provider))
                .client(TestCertificates.material(CA, own).client(provider, true))
                .run();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void clientCertificateOfTheRightCa(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = clientWith(provider, TestCertificates.leaf(CA, "app"))) {
            assertEquals("[secured] [secured]", pair.clientHeard + " " + pair.serverHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aServerWithoutTls(SslProvider provider) throws TlsProblem {
        try (TlsPair pair =
                new TlsPair().client(TestCertificates.material(CA, null).client(provider, true))) {
            pair.client.writeInbound(Unpooled.copiedBuffer("-ERR unknown command\r\n", StandardCharsets.US_ASCII));

            assertTold("there is no TLS at this port; use redis://", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aClientWithoutTls(SslProvider provider) throws TlsProblem {
        try (TlsPair pair =
                new TlsPair().server(TestCertificates.material(null, REDIS).server(provider))) {
            pair.server.writeInbound(Unpooled.copiedBuffer("*1\r\n$4\r\nPING\r\n", StandardCharsets.US_ASCII));

            assertTold("the client speaks Redis without TLS; give it rediss://", pair.serverHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aServerThatHangsUp(SslProvider provider) throws TlsProblem {
        try (TlsPair pair =
                new TlsPair().client(TestCertificates.material(CA, null).client(provider, true))) {
            pair.client.close();
            pair.client.runPendingTasks();

            assertTold("closed during the handshake", pair.clientHeard);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aServerThatSaysNothing(SslProvider provider) throws TlsProblem {
        try (TlsPair pair =
                new TlsPair().client(TestCertificates.material(CA, null).client(provider, true))) {
            pair.client.advanceTimeBy(11, TimeUnit.SECONDS);
            pair.client.runScheduledPendingTasks();

            assertTold("no answer to the handshake; is there TLS at this port?", pair.clientHeard);
        }
    }

    /** A peer that has said goodbye is one whose input has ended: what it is owed is still sent. */
    @ParameterizedTest
    @MethodSource("providers")
    void goodbyeIsTheEndOfTheInput(SslProvider provider) throws TlsProblem {
        try (TlsPair pair = pair(provider, CA, null, REDIS)) {
            pair.client.close();
            pair.run();

            assertTrue(pair.server.isActive());
            assertEquals("[secured]", pair.serverHeard.toString());
        }
    }
}
