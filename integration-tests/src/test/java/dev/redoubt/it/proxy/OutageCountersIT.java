package dev.redoubt.it.proxy;

import static dev.redoubt.it.proxy.Replies.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of commands in an outage, each kind once, is what the counters of {@code /metrics} tell. Those of refusals and of commands that wait: RefusedIT, BlockingOutageIT. */
@Timeout(30)
class OutageCountersIT {
    @RegisterExtension
    static final OneRedis redis = new OneRedis();

    @Test
    void whatWasInFlight() {
        try (CutRelay relay = CutRelay.before(redis.server());
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", relay.uri(), "--fallback-enabled", "false")
                        .options("--replay-at-least-once", "again:*", "--replay-at-most-once", "once:*")
                        .start();
                RawClient client = proxy.connect();
                RawClient leaves = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("PONG", client.call("PING"));
            assertEquals("PONG", leaves.call("PING"));
            relay.holdBack();
            client.sendAll(
                    words("GET a"),
                    words("HSCAN h 7"),
                    words("SET b v"),
                    words("INCR again:n"),
                    words("SET once:b v"),
                    words("INCR n"));
            leaves.send("INCR", "left");
            pages.awaitMetric("in_flight", 7);
            leaves.reset();
            Eventually.until("the client's end", () -> pages.metric("clients") == 1);

            relay.cut();

            assertNull(client.read());
            assertEquals(List.of("0", List.of()), client.read());
            assertEquals("OK", client.read());
            assertEquals(1L, client.read());
            assertError("INDOUBT", client.read());
            assertError("INDOUBT", client.read());
            assertEquals(0L, client.call("EXISTS", "left", "n", "once:b"));
            assertCounts(
                    pages,
                    Map.ofEntries(
                            Map.entry("resent_read", 1),
                            Map.entry("resent_cursor", 1),
                            Map.entry("resent_last_wins", 1),
                            Map.entry("resent_at_least_once", 1),
                            Map.entry("in_doubt", 2),
                            Map.entry("abandoned_in_doubt", 1),
                            Map.entry("fenced", 1),
                            Map.entry("fence_failed", 0),
                            Map.entry("upstream_lost", 1),
                            Map.entry("reconnects", 1),
                            Map.entry("outages", 1)));
        }
    }

    @Test
    void whatWaited() {
        try (ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis.server())
                        .options("--fallback-enabled", "false", "--backlog-hold-budgets", "command=lpush 300ms")
                        .start();
                RawClient client = proxy.connect();
                RawClient hasty = proxy.connect();
                RawClient leaves = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("PONG", client.call("PING"));
            long heldBefore = pages.metric("held_total"); // until the shared connection was there
            redis.server().kill();
            pages.awaitState("holding"); // what is written before the loss is seen is in doubt, not held
            client.send("SETEX", "lives", "60", "v");
            leaves.send("INCR", "left");
            pages.awaitMetric("backlog_commands", 2);

            assertError("UNAVAILABLE", hasty.call("LPUSH", "list", "x"));
            leaves.reset();
            Eventually.until("the client's end", () -> pages.metric("clients") == 2);
            redis.server().start();

            assertEquals("OK", client.read());
            long left = (Long) client.call("PTTL", "lives");
            assertTrue(left <= Duration.ofSeconds(60).toMillis() - 300, left + " ms are left to it");
            assertEquals(0L, client.call("EXISTS", "left", "list"));
            assertCounts(
                    pages,
                    Map.of(
                            "expired_in_backlog", 1,
                            "unavailable", 1,
                            "dropped_client_gone", 1,
                            "in_doubt", 0,
                            "reconnects", 1,
                            "outages", 1));
            assertEquals(heldBefore + 3, pages.metric("held_total"));
            assertTrue(pages.metric("down_millis_total") >= 300);
        }
    }

    /** Redis closes what is idle, but not what is asked for a sign of life; and where a connection ends all the same while nobody uses it, that is no outage. */
    @Test
    void whatIsIdle() {
        try (RawClient admin = redis.connect();
                ProxyProcess proxy = ProxyProcess.setup()
                        .upstream(redis.server())
                        .options("--upstream-ping-interval", "300ms")
                        .start();
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("OK", client.call("SET", "k", "v"));
            String connection = dataConnection(admin);
            long downBefore = pages.metric("down_millis_total"); // until Redis was there
            assertEquals("OK", admin.call("CONFIG", "SET", "timeout", "1"));

            try (RawClient idle = redis.connect()) {
                assertTrue(idle.isClosedByPeer());
            }

            try (RawClient direct = redis.connect()) {
                assertEquals("OK", direct.call("CONFIG", "SET", "timeout", "0"));
                assertEquals(connection, dataConnection(direct));
                assertEquals(1L, direct.call("CLIENT", "KILL", "ID", connection));
                pages.awaitMetric("reconnects_total", 1);
            }
            assertEquals("v", client.call("GET", "k"));
            assertFalse(proxy.output().contains("WARN"), proxy.output());
            assertEquals(downBefore, pages.metric("down_millis_total"));
            assertCounts(pages, Map.of("upstream_lost", 1, "outages", 0, "fenced", 0, "in_doubt", 0));
        }
    }

    private static String dataConnection(RawClient direct) {
        return ((String) direct.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=redoubt-data"))
                .map(line -> line.replaceAll("^id=(\\d+) .*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCannotBeFenced() {
        try (RawClient admin = redis.connect()) {
            admin.call("ACL", "SETUSER", "app", "on", ">pw", "~*", "&*", "+@all", "-client");
            admin.call("ACL", "SETUSER", "app", "+client|id", "+client|info", "+client|setname");
        }
        try (CutRelay relay = CutRelay.before(redis.server());
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", relay.uri().replace("redis://", "redis://app:pw@"))
                        .options("--fallback-enabled", "false")
                        .start();
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("PONG", client.call("PING"));
            relay.holdBack();
            client.sendAll(words("GET a"), words("SET b v"));
            pages.awaitMetric("in_flight", 2);

            relay.cut();

            assertNull(client.read());
            assertError("INDOUBT", client.read());
            assertCounts(pages, Map.of("fence_failed", 1, "fenced", 0, "resent_read", 1, "in_doubt", 1));
        }
    }

    private static void assertCounts(ProxyPages pages, Map<String, Integer> expected) {
        expected.forEach((name, count) -> assertEquals((long) count, pages.metric(name + "_total"), name));
    }

    private static String[] words(String command) {
        return command.split(" ");
    }
}
