package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO, false, true,  BOTH",
        "AUTO, false, false, JDK",
        "AUTO, true,  true,  DNS",
        "AUTO, true,  false, DNS",
        "DNS,  false, true,  DNS",
        "DNS,  false, false, DNS",
        "JDK,  false, true,  JDK",
    })
    void whoIsAsked(Resolver resolver, boolean servers, boolean isLinux, ResolverSettings.Way way) {
        List<HostPort> named = servers ? List.of(new HostPort("127.0.0.1", 8600)) : List.of();

        assertEquals(way, new ResolverSettings(resolver, named, Duration.ofSeconds(1)).way(isLinux));
    }

    @Test
    void namedServersThatNobodyWouldAskAreReported() {
        assertEquals(
                List.of(
                        "dns.servers = \"127.0.0.1:53\" (REDOUBT_DNS_SERVERS) has no effect, as dns.resolver is jdk, which asks the system"),
                new ConfigurationSources()
                        .environment("REDOUBT_DNS_SERVERS", "127.0.0.1:53")
                        .environment("REDOUBT_DNS_RESOLVER", "jdk")
                        .problems());
    }

    @Test
    void addressesOfServersAreTakenAsTheyAre() {
        assertEquals(
                List.of(new HostPort("10.0.0.2", 53), new HostPort("2001:db8::2", 5353)),
                new ConfigurationSources()
                        .environment("REDOUBT_DNS_SERVERS", "10.0.0.2:53,[2001:db8::2]:5353")
                        .settings()
                        .upstream()
                        .resolver()
                        .servers());
    }
}
