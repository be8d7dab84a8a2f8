package dev.redoubt.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness around the proxy's process, shown with {@link FakeProxy} in the place of the proxy. */
class ProxyProcessIT {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeProxy.class.getName());
        String name = FakeProxy.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar());
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = FakeProxy.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
        }
    }

    @Test
    void listensWhenStarted() {
        try (ProxyProcess proxy = fake().options("--more", "x").start()) {
            proxy.connect().close();

            assertTrue(proxy.isRunning());
            String listen = "--listen, 127.0.0.1:" + proxy.port() + ", --admin, 127.0.0.1:" + proxy.adminPort();
            assertTrue(proxy.output().contains("[run, " + listen + ", --more, x]"), proxy.output());
        }
    }

    @Test
    void endsAsToldAndSaysHow() {
        try (ProxyProcess proxy = fake().start()) {
            assertEquals(ENDED_BY_SIGTERM, proxy.stop());

            assertFalse(proxy.isRunning());
        }
    }

    @Test
    void canBeKilled() {
        try (ProxyProcess proxy = fake().start()) {
            proxy.kill();

            assertThrows(RawClient.ConnectionLost.class, proxy::connect);
        }
    }

    @Test
    void awaitsRunsThatEndByThemselves() {
        try (ProxyProcess proxy = fake().launch("--exit", "2")) {
            assertEquals(2, proxy.awaitEnd());
        }
    }

    @Test
    void printsWhyAProxyDoesNotStart() {
        ProxyProcess.Setup setup = fake().options("--exit", "2");

        IllegalStateException failure = assertThrows(IllegalStateException.class, setup::start);

        assertTrue(failure.getMessage().contains("--exit, 2"), failure.getMessage());
    }

    @Test
    void hasOnlyTheSettingsThatItIsGiven() {
        assertEquals("yes", System.getenv("REDOUBT_INHERITED"), "set for the tests by the build");
        try (ProxyProcess proxy = fake().environment("REDIS_URL", "redis://x").launch("--exit", "0")) {
            proxy.awaitEnd();

            assertTrue(proxy.output().contains("REDIS_URL"), proxy.output());
            assertFalse(proxy.output().contains("REDOUBT_INHERITED"), proxy.output());
        }
    }

    @Test
    void leakedBuffersAreAnError() {
        ProxyProcess proxy = fake().launch("--exit", "0", "LEAK: ByteBuf.release() was not called");
        proxy.awaitEnd();

        assertThrows(AssertionError.class, proxy::close);
    }

    @Test
    void measuresTimeAndMemory() {
        try (ProxyProcess proxy = fake().start()) {
            assertTrue(proxy.cpuTime().compareTo(Duration.ZERO) > 0);
            proxy.residentBytes().ifPresent(bytes -> assertTrue(bytes > 1_000_000, bytes + " bytes"));
        }
    }

    private static ProxyProcess.Setup fake() {
        return ProxyProcess.setup().jar(jar());
    }

    private static Path jar() {
        return directory.resolve("fake.jar");
    }
}
