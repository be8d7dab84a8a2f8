package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.redis.FreePort;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import dev.redoubt.it.redis.TestPki;
import dev.redoubt.it.redis.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The jar on a JDK from 25 on, which warns of what libraries do that a later one will forbid: native libraries without leave (JEP 472; the manifest gives it, as Enable-Native-Access), and
 * sun.misc.Unsafe (JEP 498; Netty 4.2 does without there).
 */
@Timeout(60)
class NewerJdkIT {
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    @Test
    void jvmHasNothingToWarnOf() throws IOException {
        Path java = newerJava();
        int tlsPort = FreePort.next();
        try (FakeDns dns = new FakeDns();
                TestPki pki = new TestPki("the CA");
                RedisServer redis = RedisServer.started()) {
            dns.knows("redis.test", redis.host());
            Identity own = pki.local("redoubt");
            try (ProxyProcess proxy = ProxyProcess.setup()
                            .java(java)
                            .options("--upstream", "redis://redis.test:" + redis.port(), "--dns-servers", dns.place())
                            .options("--tls-listen", "127.0.0.1:" + tlsPort)
                            .options("--tls-cert-file", own.certificate() + "", "--tls-key-file", own.key() + "")
                            .start();
                    RawClient client = proxy.connect()) {
                new ProxyPages(proxy).awaitState("up");
                assertEquals("OK", client.call("SET", "k", "v"));
                assertEquals("v", client.call("GET", "k"));
                proxy.stop();

                assertEquals(List.of(), warnings(proxy.output()));
            }
        }
    }

    @Test
    void noCommandIsWarnedOfEither() {
        Path java = newerJava();
        for (String command : List.of("config", "--help", "--version")) {
            try (ProxyProcess tool = ProxyProcess.setup().java(java).launch(command)) {
                assertEquals(0, tool.awaitEnd());
                assertEquals(List.of(), warnings(tool.output()), command);
            }
        }
    }

    /** Lines of the JVM itself: ours begin otherwise. */
    private static List<String> warnings(String output) {
        return output.lines()
                .filter(line -> line.startsWith("WARNING:") || line.contains("[warning]") || line.contains("warning:"))
                .toList();
    }

    private static Path newerJava() {
        Optional<Path> java = Optional.empty();
        if (Runtime.version().feature() >= 25) {
            java = Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        } else if (Files.isDirectory(JDKS)) {
            try (var homes = Files.list(JDKS)) {
                java = homes.filter(home -> home.getFileName().toString().contains("25"))
                        .map(home -> home.resolve("bin").resolve("java"))
                        .filter(Files::isExecutable)
                        .findFirst();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assumeTrue(java.isPresent(), "no JDK 25 under " + JDKS);
        return java.orElseThrow();
    }
}
