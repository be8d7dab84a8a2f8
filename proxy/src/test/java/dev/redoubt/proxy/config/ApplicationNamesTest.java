package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ApplicationNamesTest {
    private final ConfigurationSources sources = new ConfigurationSources();

    @Test
    void partsMakeAnUpstream() {
        sources.environment("REDIS_HOST", "redis.example")
                .environment("REDIS_PORT", "7000")
                .environment("REDIS_USERNAME", "joe")
                .environment("REDIS_PASSWORD", "p@ss:/word")
                .environment("REDIS_DB", "4");

        UpstreamSettings upstream = sources.settings().upstream();

        assertEquals("redis://joe:***@redis.example:7000/4", upstream.masked());
        assertEquals("p@ss:/word", upstream.password());
    }

    @Test
    void ipv6HostNeedsNoBrackets() {
        sources.environment("REDIS_HOST", "2001:db8::1");

        assertEquals("2001:db8::1", sources.settings().upstream().host());
    }

    @Test
    void portAloneIsLocalhosts() {
        sources.environment("REDIS_PORT", "7000");

        assertEquals("redis://localhost:7000/0", sources.settings().upstream().masked());
    }

    @Test
    void partsFillInWhatTheUrlLeavesOut() {
        sources.environment("REDIS_URL", "redis://redis.example")
                .environment("REDIS_HOST", "ignored.example")
                .environment("REDIS_PASSWORD", "secret")
                .environment("REDIS_DB", "4");

        UpstreamSettings upstream = sources.settings().upstream();

        assertEquals("redis://:***@redis.example:6379/4", upstream.masked());
    }

    @Test
    void urlsOwnUserPasswordAndDatabaseStay() {
        sources.environment("REDIS_URL", "redis://joe:in-url@redis.example/2")
                .environment("REDIS_USERNAME", "ann")
                .environment("REDIS_PASSWORD", "by-itself")
                .environment("REDIS_DB", "4");

        UpstreamSettings upstream = sources.settings().upstream();

        assertEquals("redis://joe:***@redis.example:6379/2", upstream.masked());
        assertEquals("in-url", upstream.password());
    }

    /** Kubernetes sets REDIS_PORT=tcp://... in every container beside a service named "redis". */
    @Test
    void portInjectedForAServiceIsNotMeantForUs() {
        sources.environment("REDIS_PORT", "tcp://10.0.0.11:6379").environment("REDOUBT_SERVICE_HOST", "10.0.0.12");
        sources.environment("REDOUBT_PORT_6380_TCP_ADDR", "10.0.0.12");
        sources.environment("REDOUBT_AGENT_PROXY", "127.0.0.1:6380");

        assertFalse(sources.settings().upstream().explicit());
    }
}
