package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The harm that the fence prevents: a connection looks dead, what was in flight on it is sent again, and then the network delivers the old bytes after all. Each play is given twice: with the fence, and over a link that
 * makes it do nothing.
 */
@Timeout(60)
class FenceIT {
    /** Long enough for the fence to be tried again. */
    private static final Duration BUSY = Duration.ofMillis(400);

    @RegisterExtension
    static final OneRedis redis = new OneRedis();

    @Test
    void bytesThatArriveLateDoNothing() {
        try (CutRelay relay = CutRelay.before(redis.server());
                RawClient direct = redis.connect()) {
            playLateBytes(relay, direct);

            assertEquals("newer", direct.call("GET", "k"));
            assertEquals("1", direct.call("GET", "n"));
        }
    }

    @Test
    void withoutTheFenceAnOlderWriteWinsAndACounterCountsTwice() {
        try (CutRelay relay = CutRelay.withoutFence(redis.server());
                RawClient direct = redis.connect()) {
            playLateBytes(relay, direct);

            assertEquals("older", direct.call("GET", "k"));
            assertEquals("2", direct.call("GET", "n"));
        }
    }

    /** A script that runs for long answers CLIENT KILL with BUSY: what is in doubt waits for its end. */
    @Test
    void scriptThatKeepsRedisBusyIsWaitedFor() {
        try (CutRelay relay = CutRelay.before(redis.server());
                RawClient direct = redis.connect();
                RawClient script = redis.connect();
                ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", relay.uri(), "--replay-at-least-once", "command=incr")
                        .start();
                RawClient client = proxy.connect()) {
            ProxyPages pages = new ProxyPages(proxy);
            pages.awaitState("up");
            assertEquals("OK", direct.call("CONFIG", "SET", "lua-time-limit", "10"));
            assertEquals("OK", client.call("SET", "k", "v".repeat(20_000)));
            relay.holdReplies();
            client.sendAll(new String[] {"SET", "k", "new"}, new String[] {"INCR", "n"});
            Eventually.until("both are applied", () -> "1".equals(direct.call("GET", "n")));
            script.send("EVAL", "while true do end", "0");
            Eventually.until("Redis is busy", () -> direct.call("PING") instanceof RedisError);

            relay.cutMuchUsed();
            pages.awaitMetric("upstream_lost_total", 1);
            Eventually.holdsFor("the wait", BUSY, () -> pages.metric("backlog_commands") == 2);
            assertEquals(0, pages.metric("fenced_total"));
            assertEquals(0, pages.metric("reconnects_total"));
            assertEquals("OK", direct.call("SCRIPT", "KILL"));

            assertEquals("OK", client.read());
            assertEquals(2L, client.read());
            assertEquals(1, pages.metric("fenced_total"));
            assertEquals(0, pages.metric("fence_failed_total"));
            assertEquals(0, pages.metric("in_doubt_total"));
        }
    }

    /** Both commands are sent over a connection that is cut before they arrive, and are repeated on the next one; another client writes; what was under way arrives. */
    private static void playLateBytes(CutRelay relay, RawClient direct) {
        try (ProxyProcess proxy = ProxyProcess.setup()
                        .options("--upstream", relay.uri(), "--replay-at-least-once", "command=incr")
                        .start();
                RawClient client = proxy.connect()) {
            new ProxyPages(proxy).awaitState("up");
            assertEquals("OK", client.call("SET", "k", "first"));

            relay.holdBack();
            client.sendAll(new String[] {"SET", "k", "older"}, new String[] {"INCR", "n"});
            String both = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nolder\r\n*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n";
            Eventually.until("both are under way", () -> relay.heldBytes() >= both.length());
            relay.cut();
            assertEquals("OK", client.read());
            assertEquals(1L, client.read());

            assertEquals("OK", direct.call("SET", "k", "newer"));
            relay.letGo();
            Eventually.until(
                    "what was under way has arrived, or its connection is gone",
                    () -> direct.call("GET", "k").equals("older")
                                    && direct.call("GET", "n").equals("2")
                            || dataConnections(direct) == 1);
        }
    }

    /** Those that Redis believes in: the new one, and the old one if nobody has ended it. */
    private static long dataConnections(RawClient direct) {
        return ((String) direct.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=redoubt-data"))
                .count();
    }
}
