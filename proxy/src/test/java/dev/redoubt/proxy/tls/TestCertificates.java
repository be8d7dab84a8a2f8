package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates made for one test. */
public final class TestCertificates {
    private TestCertificates() {}

    public static X509Bundle ca(String name) {
        return built(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
    }

    /** One for a host, valid now. */
    public static X509Bundle leaf(X509Bundle ca, String host) {
        Instant now = Instant.now();
        return leaf(ca, host, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    }

    static X509Bundle leaf(X509Bundle ca, String host, Instant from, Instant until) {
        return built(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .notBefore(from)
                .notAfter(until)
                .buildIssuedBy(ca));
    }

    static X509Bundle rsaLeaf(X509Bundle ca, String host) {
        return built(() -> new CertificateBuilder()
                .rsa2048()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .buildIssuedBy(ca));
    }

    /** What a side that has read its files holds. */
    public static TlsMaterial material(X509Bundle trusted, X509Bundle own) {
        return new TlsMaterial(
                trusted == null ? List.of() : List.of(trusted.getCertificate()),
                own == null ? List.of() : List.of(own.getCertificate()),
                own == null ? null : own.getKeyPair().getPrivate());
    }

    /** Files {@code cert.pem} and {@code key.pem} in a directory, written anew if they are there. */
    static TlsFiles write(Path directory, X509Bundle own) {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        write(certificate, own.getCertificatePEM());
        write(key, own.getPrivateKeyPEM());
        return new TlsFiles(null, certificate, key, null);
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Building {
        X509Bundle build() throws Exception;
    }

    private static X509Bundle built(Building building) {
        try {
            return building.build();
        } catch (Exception e) {
            throw new IllegalStateException("no certificate", e);
        }
    }
}
