package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.Push;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Client-side caching: a real Redis tracks, and its invalidations reach the client that they are for. */
@Timeout(60)
class TrackingIT {
    private static final Push ALL = new Push(Arrays.asList("invalidate", null));

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        proxy = ProxyProcess.before(redis);
        new ProxyPages(proxy).awaitState("up");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @BeforeEach
    void clear() {
        try (RawClient direct = redis.connect()) {
            direct.call("FLUSHALL");
        }
    }

    private static RawClient resp3() {
        RawClient client = proxy.connect();
        client.call("HELLO", "3");
        return client;
    }

    private static void track(RawClient client, String... options) {
        String[] command = new String[3 + options.length];
        System.arraycopy(new String[] {"CLIENT", "TRACKING", "ON"}, 0, command, 0, 3);
        System.arraycopy(options, 0, command, 3, options.length);
        assertEquals("OK", client.call(command));
    }

    private static Push invalid(String... keys) {
        return new Push(List.of("invalidate", List.of(keys)));
    }

    @Test
    void whatWasReadIsInvalidatedOnce() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client);
            assertNull(client.call("GET", "k"));
            other.call("SET", "not-read", "1");
            other.call("SET", "k", "1");
            assertEquals(invalid("k"), client.read());

            other.call("SET", "k", "2");

            assertEquals("2", client.call("GET", "k"));
        }
    }

    @Test
    void broadcastsOfPrefixesReachWhoeverAskedForThem() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client, "BCAST", "PREFIX", "user:", "PREFIX", "job:", "NOLOOP");
            other.call("SET", "other:1", "1");
            client.call("SET", "user:mine", "1");
            other.call("SET", "user:1", "1");

            assertEquals(invalid("user:1"), client.read());
            assertEquals("PONG", client.call("PING"));
        }
    }

    @Test
    void withOptinOnlyWhatFollowsCachingYesIsTracked() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client, "OPTIN");
            client.call("GET", "a");
            client.sendAll(
                    new String[] {"CLIENT", "CACHING", "YES"}, new String[] {"GET", "b"}, new String[] {"GET", "c"});
            assertEquals("OK", client.read());
            assertNull(client.read());
            assertNull(client.read());

            other.call("MSET", "a", "1", "b", "1", "c", "1");

            assertEquals(invalid("b"), client.read());
            assertEquals("PONG", client.call("PING"));
        }
    }

    @Test
    void withOptoutAllButWhatFollowsCachingNoIsTracked() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client, "OPTOUT");
            assertEquals("OK", client.call("CLIENT", "CACHING", "NO"));
            client.call("GET", "a");
            client.call("GET", "b");

            other.call("MSET", "a", "1", "b", "1");

            assertEquals(invalid("b"), client.read());
        }
    }

    @Test
    void redirectedInvalidationsReachResp2AndResp3Clients() {
        try (RawClient two = proxy.connect();
                RawClient three = resp3();
                RawClient first = proxy.connect();
                RawClient second = proxy.connect();
                RawClient other = proxy.connect()) {
            long idOfTwo = (Long) two.call("CLIENT", "ID");
            long idOfThree = (Long) three.call("CLIENT", "ID");
            two.call("SUBSCRIBE", "__redis__:invalidate");
            track(first, "REDIRECT", "" + idOfTwo);
            track(second, "REDIRECT", "" + idOfThree, "NOLOOP");
            assertEquals(idOfTwo, first.call("CLIENT", "GETREDIR"));
            first.call("GET", "k");
            second.call("GET", "k");

            other.call("SET", "k", "1");

            assertEquals(List.of("message", "__redis__:invalidate", List.of("k")), two.read());
            assertEquals(invalid("k"), three.read());
            assertEquals(
                    List.of("flags", List.of("on", "noloop"), "redirect", idOfThree, "prefixes", List.of()),
                    second.call("CLIENT", "TRACKINGINFO"));
        }
    }

    @Test
    void redirectionToAClientThatLeftIsBroken() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            long id;
            try (RawClient target = proxy.connect()) {
                id = (Long) target.call("CLIENT", "ID");
                track(client, "REDIRECT", "" + id);
                client.call("GET", "k");
                target.call("QUIT");
            }

            other.call("SET", "k", "1");

            assertEquals(new Push(List.of("tracking-redir-broken", id)), client.read());
            assertEquals(
                    Map.of("flags", Set.of("on", "broken_redirect"), "redirect", id, "prefixes", List.of()),
                    client.call("CLIENT", "TRACKINGINFO"));
        }
    }

    @Test
    void sessionGoesOnInItsDatabaseAndProtocol() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client);
            client.call("SELECT", "5");
            client.call("GET", "k");
            other.call("SELECT", "5");
            other.call("SET", "k", "five");
            assertEquals(invalid("k"), client.read());

            client.call("HELLO", "2");

            assertEquals("five", client.call("GET", "k"));
            assertEquals(
                    List.of("flags", List.of("on"), "redirect", 0L, "prefixes", List.of()),
                    client.call("CLIENT", "TRACKINGINFO"));
            assertEquals("OK", client.call("CLIENT", "TRACKING", "OFF"));
            assertEquals("five", client.call("GET", "k"));
        }
    }

    @Test
    void waitsAndWatchesOnItsOwnConnection() {
        try (RawClient client = resp3();
                RawClient other = proxy.connect()) {
            track(client, "NOLOOP");
            client.send("BLPOP", "list", "0");
            Eventually.until("the wait", () -> redis.info("blocked_clients").equals("1"));
            other.call("RPUSH", "list", "element");
            assertEquals(List.of("list", "element"), client.read());

            client.call("WATCH", "k");
            other.call("SET", "k", "1");
            client.call("MULTI");
            client.call("SET", "k", "2");
            assertNull(client.call("EXEC"));
            client.call("MULTI");
            client.call("SET", "k", "3");
            assertEquals(List.of("OK"), client.call("EXEC"));
        }
    }

    @Test
    void restartInvalidatesAllAndTrackingGoesOn() {
        try (RawClient client = resp3();
                RawClient target = resp3();
                RawClient sender = proxy.connect();
                RawClient other = proxy.connect()) {
            track(client, "BCAST", "PREFIX", "k");
            track(sender, "REDIRECT", "" + target.call("CLIENT", "ID"));

            redis.restart();

            assertEquals(ALL, client.read());
            assertEquals(ALL, client.read());
            assertEquals(ALL, target.read());
            assertNull(sender.call("GET", "k"));
            other.call("SET", "k", "1");
            assertEquals(invalid("k"), client.read());
            Object push = target.read();
            while (push.equals(ALL)) {
                push = target.read(); // the sender's loss and return, and its own
            }
            assertEquals(invalid("k"), push);
        }
    }

    @Test
    void upstreamConnectionsEndWithTracking() {
        try (RawClient client = resp3();
                RawClient target = proxy.connect()) {
            track(client, "REDIRECT", "" + target.call("CLIENT", "ID"));
            assertTrue(connections().contains("redoubt-tracking-db0-resp3"));
            assertTrue(connections().contains("redoubt-invalidations"));

            client.call("RESET");

            Eventually.until(
                    "their end",
                    () -> !connections().contains("redoubt-tracking")
                            && !connections().contains("redoubt-invalidations"));
        }
    }

    private static String connections() {
        try (RawClient direct = redis.connect()) {
            return (String) direct.call("CLIENT", "LIST");
        }
    }
}
