package dev.redoubt.proxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redoubt.proxy.config.TlsFiles;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files change; looks are made by hand. */
class TlsSourceTest {
    private static final X509Bundle CA = TestCertificates.ca("the CA");

    @TempDir
    Path directory;

    private final TlsWorkers workers = new TlsWorkers();
    private final List<TlsMaterial> made = new ArrayList<>();

    @AfterEach
    void close() {
        workers.close();
    }

    private TlsSource source(TlsFiles files) throws TlsProblem {
        return new TlsSource("test", files, Duration.ofDays(1), this::make, workers, Runnable::run);
    }

    private SslContext make(TlsMaterial material) throws TlsProblem {
        made.add(material);
        return material.server(SslProvider.JDK);
    }

    private static X509Bundle leaf() {
        return TestCertificates.leaf(CA, "redis.example");
    }

    @Test
    void filesThatDoNotChangeAreReadOnceOnly() throws TlsProblem {
        TlsSource source = source(TestCertificates.write(directory, leaf()));
        SslContext first = source.live().get();

        source.run();
        source.run();

        assertSame(first, source.live().get());
        assertEquals(1, made.size());
    }

    @Test
    void changedFilesAreUsedWhenTheyHaveSettled() throws TlsProblem {
        TlsSource source = source(TestCertificates.write(directory, leaf()));
        SslContext first = source.live().get();
        X509Bundle next = leaf();
        TestCertificates.write(directory, next);

        source.run();
        assertSame(first, source.live().get());

        source.run();
        assertNotSame(first, source.live().get());
        assertEquals(next.getCertificate(), made.get(1).chain().get(0));
    }

    @Test
    void certificateWithoutItsKeyWaitsForIt() throws TlsProblem {
        TlsSource source = source(TestCertificates.write(directory, leaf()));
        SslContext first = source.live().get();
        X509Bundle next = leaf();
        TestCertificates.write(directory.resolve("cert.pem"), next.getCertificatePEM());
        source.run();
        source.run();
        source.run();
        assertSame(first, source.live().get());

        TestCertificates.write(directory.resolve("key.pem"), next.getPrivateKeyPEM());
        source.run();
        source.run();

        assertEquals(next.getCertificate(), made.get(1).chain().get(0));
    }

    @Test
    void brokenAndMissingFilesKeepTheOld() throws TlsProblem, IOException {
        X509Bundle old = leaf();
        TlsSource source = source(TestCertificates.write(directory, old));
        SslContext first = source.live().get();

        TestCertificates.write(directory.resolve("cert.pem"), "not a certificate");
        source.run();
        source.run();
        assertSame(first, source.live().get());

        Files.delete(directory.resolve("cert.pem"));
        source.run();
        source.run();
        assertSame(first, source.live().get());

        TestCertificates.write(directory, old);
        source.run();
        source.run();
        assertSame(first, source.live().get());
        assertEquals(1, made.size());
    }

    @Test
    void brokenFilesAtTheStartAreAnError() {
        TlsFiles files = TestCertificates.write(directory, leaf());
        TestCertificates.write(directory.resolve("cert.pem"), "not a certificate");

        TlsProblem problem = assertThrows(TlsProblem.class, () -> source(files));

        assertEquals(
                directory.resolve("cert.pem") + " holds no certificate (-----BEGIN CERTIFICATE-----)",
                problem.getMessage());
    }
}
