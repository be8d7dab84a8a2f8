package dev.redoubt.agent.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.agent.observe.Endpoint;
import dev.redoubt.agent.option.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointPatternsTest {
    @ParameterizedTest
    @CsvSource({
        "*, cache-1, 6379, true",
        "*:6379, cache-1, 6379, true",
        "*:6379, cache-1, 6380, false",
        "cache-*, cache-1, 6380, true",
        "CACHE-*:6379, Cache-1, 6379, true",
        "cache-*;db.*.internal:7000, db.a.internal, 7000, true",
        "cache-*;db.*.internal:7000, db.a.internal, 7001, false",
        "*;!*:26379, cache-1, 26379, false",
        "!secret:*, cache-1, 6379, true",
        "!secret, secret, 6379, false",
        "[::1]:6379, '[::1]', 6379, true",
        "10.0.*:*, 10.0.7.1, 6379, true",
        "10.0.*:*, 10.10.7.1, 6379, false"
    })
    void patternsMatchHostAndPort(String patterns, String host, int port, boolean expected) {
        assertEquals(expected, new EndpointPatterns(patterns).match(new Endpoint(host, port, false)));
    }

    @Test
    void byDefaultEverythingButSentinelsIsMatched() {
        EndpointPatterns patterns = new EndpointPatterns(Setting.ENDPOINTS.byDefault());

        assertEquals(true, patterns.match(new Endpoint("anything", 1, true)));
        assertEquals(false, patterns.match(new Endpoint("anything", 26379, false)));
    }
}
