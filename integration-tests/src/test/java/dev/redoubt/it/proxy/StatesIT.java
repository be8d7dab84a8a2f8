package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health and metrics tell the truth in every state that an outage leads through. */
@Timeout(30)
class StatesIT {
    @Test
    void throughAnOutageAndBack() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            client.call("SET", "k", "v");
            says(pages, "\"status\":\"ok\"", "\"connected\":true", "\"fallbackMode\":\"none\"", "\"error\":null");
            says(pages, "\"optional\":true", "\"version\":\"" + redis.info("redis_version") + "\"");
            Eventually.until("a probe", () -> pages.health().matches(".*\"responseTime\":[0-9.]+.*"));
            assertEquals(1, pages.metric("upstream_connected"));
            assertEquals(1, pages.metric("clients"));
            assertEquals(1, pages.metric("upstream_connections"));

            redis.kill();
            client.send("INCR", "n");
            pages.awaitState("holding");
            says(pages, "\"status\":\"degraded\"", "\"status\":\"down\"", "\"connected\":false");
            assertEquals(0, pages.metric("upstream_connected"));
            pages.awaitMetric("backlog_commands", 1);
            assertEquals(1, pages.metric("outages_total"));

            pages.awaitState("fallback");
            says(pages, "\"status\":\"degraded\"", "\"fallbackMode\":\"memory\"", "\"everConnected\":true");
            try (RawClient other = proxy.connect()) {
                assertEquals("v", other.call("GET", "k"));
                assertEquals("OK", other.call("SET", "j", "w"));
            }
            assertEquals(1, pages.metric("journal_entries"));
            assertEquals(1, pages.metric("fallback_hits_total"));

            redis.start();
            assertEquals(1L, client.read());
            pages.awaitState("up");
            says(pages, "\"status\":\"ok\"", "\"connected\":true", "\"fallbackMode\":\"none\"");
            assertEquals(0, pages.metric("journal_entries"));
            assertEquals(1, pages.metric("journal_replayed_total"));
            assertEquals("w", client.call("GET", "j"));
        }
    }

    @Test
    void beforeRedisWasEverSeen() {
        try (RedisServer redis = RedisServer.absent();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            assertEquals("OK", client.call("SET", "k", "v"));

            pages.awaitState("fallback");
            says(pages, "\"status\":\"degraded\"", "\"everConnected\":false", "\"version\":null");
        }
    }

    @Test
    void aStallIsSeen() {
        try (RedisServer redis = RedisServer.started();
                ProxyProcess proxy = ProxyProcess.before(redis);
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            client.call("SET", "k", "v");

            redis.pause();
            client.send("GET", "k");
            pages.awaitState("fallback");
            says(pages, "\"connected\":false");

            redis.resume();
            assertEquals("v", client.read());
            pages.awaitState("up");
        }
    }

    private static void says(ProxyPages pages, String... parts) {
        String health = pages.health();
        for (String part : parts) {
            assertTrue(health.contains(part), () -> part + " in " + health);
        }
    }
}
