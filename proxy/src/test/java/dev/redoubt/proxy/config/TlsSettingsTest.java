package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSettingsTest {
    private static final String NO_EFFECT =
            "has no effect, as upstream (redis://localhost:6379) is without TLS: write rediss://, or leave it out";

    @TempDir
    Path directory;

    private final ConfigurationSources sources = new ConfigurationSources();
    private String pem = "";

    @BeforeEach
    void file() throws IOException {
        pem = Files.writeString(directory.resolve("a.pem"), "").toString();
    }

    @Test
    void withoutTlsThereIsNone() {
        Settings settings = sources.settings();

        assertNull(settings.upstream().tls());
        assertEquals(List.of(), settings.tls().listen());
    }

    @Test
    void schemeTurnsItOn() {
        Settings settings =
                sources.environment("REDIS_URL", "rediss://redis.example").settings();

        UpstreamTlsSettings tls = settings.upstream().tls();
        assertTrue(tls.verifiesHost());
        assertEquals(TlsFiles.NONE, tls.files());
        assertEquals("rediss://redis.example:6379/0", settings.upstream().masked());
    }

    @Test
    void keyIsInTheCertificatesFileUnlessGiven() {
        Settings settings = sources.option(MainSetting.UPSTREAM_URL, "rediss://redis.example")
                .option(UpstreamTlsSetting.CERT_FILE, pem)
                .settings();

        assertEquals(
                new TlsFiles(null, Path.of(pem), Path.of(pem), null),
                settings.upstream().tls().files());
    }

    @Test
    void everySettingOfTheUpstreamReachesTheSettings() throws IOException {
        Path other = Files.writeString(directory.resolve("b.pem"), "");
        Settings settings = sources.option(MainSetting.UPSTREAM_URL, "rediss://redis.example")
                .option(UpstreamTlsSetting.CA_FILE, pem)
                .option(UpstreamTlsSetting.CERT_FILE, pem)
                .option(UpstreamTlsSetting.KEY_FILE, other.toString())
                .option(UpstreamTlsSetting.KEY_PASSWORD_FILE, other.toString())
                .option(UpstreamTlsSetting.VERIFY_HOST, "false")
                .option(UpstreamTlsSetting.SERVER_NAME, "other.example")
                .option(TlsSetting.RELOAD_INTERVAL, "59s")
                .settings();

        assertEquals(
                new UpstreamTlsSettings(
                        new TlsFiles(Path.of(pem), Path.of(pem), other, other),
                        false,
                        "other.example",
                        Duration.ofSeconds(59)),
                settings.upstream().tls());
    }

    @Test
    void everySettingOfTheListenersReachesTheSettings() throws IOException {
        Path other = Files.writeString(directory.resolve("b.pem"), "");
        Settings settings = sources.option(TlsSetting.LISTEN, "localhost:6390")
                .option(TlsSetting.CA_FILE, pem)
                .option(TlsSetting.CERT_FILE, pem)
                .option(TlsSetting.KEY_FILE, other.toString())
                .option(TlsSetting.KEY_PASSWORD_FILE, other.toString())
                .option(TlsSetting.RELOAD_INTERVAL, "59s")
                .settings();

        assertEquals(
                new TlsListenSettings(
                        List.of(new HostPort("127.0.0.1", 6390), new HostPort("::1", 6390)),
                        new TlsFiles(Path.of(pem), Path.of(pem), other, other),
                        Duration.ofSeconds(59)),
                settings.tls());
    }

    @Test
    void listenersAreBesideThePlainOnes() {
        Settings settings = sources.option(TlsSetting.LISTEN, "127.0.0.1:6390")
                .option(TlsSetting.CERT_FILE, pem)
                .option(TlsSetting.CA_FILE, pem)
                .settings();

        assertEquals(List.of(new HostPort("127.0.0.1", 6390)), settings.tls().listen());
        assertTrue(settings.tls().isMutual());
        assertEquals(2, settings.listen().size());
    }

    @Test
    void listenerThatAsksForCertificatesMayBeReachedFromElsewhere() {
        sources.option(TlsSetting.LISTEN, "0.0.0.0:6390").option(TlsSetting.CERT_FILE, pem);
        assertEquals(
                List.of("tls.listen = \"0.0.0.0:6390\" (--tls-listen) is reachable beyond this machine and has no "
                        + "password: listen on loopback, or accept it with --insecure-bind"),
                sources.problems());

        sources.option(TlsSetting.CA_FILE, pem);
        assertEquals(List.of(), sources.problems());
    }

    @Test
    void addressIsTakenOnceOnly() {
        sources.option(TlsSetting.LISTEN, "127.0.0.1:6380").option(TlsSetting.CERT_FILE, pem);

        assertEquals(
                List.of(
                        "tls.listen = \"127.0.0.1:6380\" (--tls-listen) is also in listen or admin; allowed: another port"),
                sources.problems());
    }

    @Test
    void upstreamMustNotBeOurOwnTlsListener() {
        sources.option(TlsSetting.LISTEN, "127.0.0.1:6390")
                .option(TlsSetting.CERT_FILE, pem)
                .option(MainSetting.UPSTREAM_URL, "rediss://localhost:6390");

        assertEquals(
                List.of("upstream = \"rediss://localhost:6390\" (--upstream) is Redoubt's own address localhost:6390: "
                        + "name Redis itself with --upstream redis://HOST:PORT, or change --tls-listen"),
                sources.problems());
    }

    @Test
    void filesWithoutTlsAreReported() {
        sources.option(UpstreamTlsSetting.CA_FILE, pem).option(TlsSetting.CERT_FILE, pem);

        assertEquals(
                List.of(
                        "upstream.tls.ca-file = \"" + pem + "\" (--upstream-tls-ca-file) " + NO_EFFECT,
                        "tls.cert-file = \"" + pem
                                + "\" (--tls-cert-file) has no effect without a listener: add tls.listen"),
                sources.problems());
    }

    @Test
    void keyWithoutItsCertificateIsReported() {
        sources.option(MainSetting.UPSTREAM_URL, "rediss://redis.example").option(UpstreamTlsSetting.KEY_FILE, pem);

        assertEquals(
                List.of("upstream.tls.key-file = \"" + pem
                        + "\" (--upstream-tls-key-file) is given without upstream.tls.cert-file"),
                sources.problems());
    }
}
