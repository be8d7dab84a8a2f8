package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What was made of one side's files. Immutable.
 *
 * @param trusted CAs; empty for none of our own
 * @param chain our certificate, then those between it and its CA; empty for none
 * @param key the certificate's; null without one
 */
record TlsMaterial(
        List<X509Certificate> trusted,
        List<X509Certificate> chain,
        @Nullable PrivateKey key) {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    static TlsMaterial of(PemTexts texts, TlsFiles files) throws TlsProblem {
        List<X509Certificate> trusted = texts.ca() == null ? List.of() : Pem.certificates(texts.ca(), file(files.ca()));
        if (texts.certificate() == null || texts.key() == null) {
            return new TlsMaterial(trusted, List.of(), null);
        }
        List<X509Certificate> chain = Pem.certificates(texts.certificate(), file(files.certificate()));
        PrivateKey key = PrivateKeys.read(
                texts.key(),
                file(files.key()),
                texts.keyPassword(),
                chain.get(0).getPublicKey());
        return new TlsMaterial(trusted, chain, key);
    }

    private static Path file(@Nullable Path file) {
        return Objects.requireNonNull(file);
    }

    /** The quicker one where it works on this machine. */
    static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    /** To ask Redis; the caller releases it. */
    SslContext client(SslProvider provider, boolean verifiesHost) throws TlsProblem {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .protocols(PROTOCOLS)
                .endpointIdentificationAlgorithm(verifiesHost ? "HTTPS" : null);
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        if (key != null) {
            builder.keyManager(key, chain);
        }
        return built(builder);
    }

    /** To answer clients; the caller releases it. */
    SslContext server(SslProvider provider) throws TlsProblem {
        SslContextBuilder builder = SslContextBuilder.forServer(Objects.requireNonNull(key), chain)
                .sslProvider(provider)
                .protocols(PROTOCOLS);
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
        }
        return built(builder);
    }

    private static SslContext built(SslContextBuilder builder) throws TlsProblem {
        try {
            return builder.build();
        } catch (SSLException | RuntimeException e) {
            throw new TlsProblem("TLS cannot be set up with these files", e);
        }
    }

    /** When the first of our certificates, or else of the CAs, expires; null without any. */
    @Nullable
    Instant expires() {
        return (chain.isEmpty() ? trusted : chain)
                .stream()
                        .map(certificate -> certificate.getNotAfter().toInstant())
                        .min(Instant::compareTo)
                        .orElse(null);
    }
}
