package dev.redoubt.it.redis;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A CA for one test, and the PEM files of what it has signed. Confined to one thread. */
public final class TestPki implements AutoCloseable {
    private static final char[] PASSWORD = "test".toCharArray();

    private final TemporaryDirectory directory = new TemporaryDirectory("redoubt-pki");
    private final X509Bundle ca;
    private final Path caFile;

    /** A certificate and where it is. */
    public record Identity(X509Bundle bundle, Path certificate, Path key) {
        /** As it stands in the certificate. */
        public String serial() {
            return bundle.getCertificate().getSerialNumber().toString();
        }
    }

    public TestPki(String name) {
        ca = built(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
        caFile = write("ca.pem", ca.getCertificatePEM());
    }

    /** Of the PKCS #12 files. */
    public char[] password() {
        return PASSWORD.clone();
    }

    /** The CA's certificate, PEM. */
    public Path ca() {
        return caFile;
    }

    /** The same as text. */
    public String caText() {
        return ca.getCertificatePEM();
    }

    /** One that is good for localhost and 127.0.0.1, now. */
    public Identity local(String name) {
        Instant now = Instant.now();
        return identity(name, local(name, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1))));
    }

    /** One that was. */
    public Identity expired(String name) {
        Instant now = Instant.now();
        return identity(name, local(name, now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))));
    }

    /** One for another host. */
    public Identity foreign(String name) {
        return identity(
                name,
                built(() -> new CertificateBuilder()
                        .ecp256()
                        .subject("CN=" + name)
                        .addSanDnsName("other.example")
                        .buildIssuedBy(ca)));
    }

    private X509Bundle local(String name, Instant from, Instant until) {
        return built(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .notBefore(from)
                .notAfter(until)
                .buildIssuedBy(ca));
    }

    private Identity identity(String name, X509Bundle bundle) {
        return new Identity(
                bundle,
                write(name + ".pem", bundle.getCertificatePEM()),
                write(name + ".key", bundle.getPrivateKeyPEM()));
    }

    /** A file of that name, written anew in one step if it is there. */
    public Path write(String name, String text) {
        Path file = directory.resolve(name);
        Path draft = directory.resolve(name + ".draft");
        try {
            Files.writeString(draft, text);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a client that trusts this CA; and shows a certificate, unless it is null. */
    public SSLContext context(Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = null;
            if (identity != null) {
                KeyStore store = identity.bundle().toKeyStore(PASSWORD);
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(store, PASSWORD);
                keys = factory.getKeyManagers();
            }
            context.init(keys, new TrustManager[] {ca.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The CA as a PKCS #12 file, for Jedis. */
    public Path trustStore() {
        return store("trust.p12", store -> store.setCertificateEntry("ca", ca.getCertificate()));
    }

    /** An identity as a PKCS #12 file, for Jedis. */
    public Path keyStore(Identity identity) {
        return store(
                identity.serial() + ".p12",
                store -> store.setKeyEntry(
                        "own",
                        identity.bundle().getKeyPair().getPrivate(),
                        PASSWORD,
                        identity.bundle().getCertificatePath()));
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private Path store(String name, Filling filling) {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            filling.fill(store);
            store.store(out, PASSWORD);
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        directory.delete();
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
