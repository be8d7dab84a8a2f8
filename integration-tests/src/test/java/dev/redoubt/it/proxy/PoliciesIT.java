package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.proxy.Apart.Side;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What each word of a rule and each profile does with a client's commands in an outage, and what comes of it at Redis and at the client afterwards, while somebody else writes to the same keys of a Redis that only the
 * proxies do not reach.
 */
@Timeout(60)
class PoliciesIT {
    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private static Apart apart;
    private static Side cache;
    private static Side session;
    private static Side strict;

    @BeforeAll
    static void start() {
        apart = new Apart();
        cache = apart.proxy(
                "--recovery-conflicts",
                "names",
                "--fallback-rules",
                Stream.of(
                                "read:miss read=miss",
                                "read:hold read=hold",
                                "read:error read=error",
                                "unseen:hold on-miss=hold",
                                "unseen:error on-miss=error",
                                "old:* max-stale=1s",
                                "write:local write=local",
                                "write:hold write=hold",
                                "write:reject write=reject",
                                "lock:open locks=fail-open",
                                "lock:hold locks=hold",
                                "lock:reject locks=reject",
                                "count:journal counters=journal",
                                "count:local counters=local",
                                "count:reject counters=reject")
                        .reduce((some, more) -> some + ", " + more)
                        .orElseThrow());
        session = apart.proxy("--fallback-profile", "session", "--recovery-set", "last-writer-wins");
        strict = apart.proxy(
                "--fallback-profile",
                "strict",
                "--recovery-set",
                "upstream-wins",
                "--fallback-rules",
                "return:* read=stale on-miss=nil write=journal");
    }

    @AfterAll
    static void stop() {
        apart.close();
    }

    private static void seed(Side side, String value, String... keys) {
        for (String key : keys) {
            assertEquals("OK", side.call("SET", key, value));
        }
    }

    private static void elsewhere(String value, String... keys) {
        for (String key : keys) {
            assertEquals("OK", apart.elsewhere("SET", key, value));
        }
    }

    private static void assertUnavailable(Object reply) {
        assertTrue(reply instanceof RedisError error && error.code().equals("UNAVAILABLE"), () -> "" + reply);
    }

    private static List<Object> atRedis(String... keys) {
        return Arrays.stream(keys).map(key -> apart.elsewhere("GET", key)).toList();
    }

    @Test
    void readsAreStaleMissedHeldOrRefused() {
        String[] keys = {"read:stale", "read:miss", "read:hold", "read:error"};
        seed(cache, "seen", keys);
        apart.part();
        elsewhere("theirs", keys);
        RawClient waiting = cache.asks("GET", "read:hold");

        assertEquals("seen", cache.call("GET", "read:stale"));
        assertNull(cache.call("GET", "read:miss"));
        assertUnavailable(cache.call("GET", "read:error"));
        cache.pages().awaitMetric("backlog_commands", 1);
        apart.join();

        assertEquals("theirs", waiting.read());
        for (String key : keys) {
            assertEquals("theirs", cache.call("GET", key), key);
        }
    }

    @Test
    void keysNeverSeenAreNilHeldOrRefusedAndSoAreThoseSeenTooLongAgo() {
        elsewhere("theirs", "unseen:nil", "unseen:hold", "unseen:error");
        seed(cache, "seen", "old:k", "fresh:k");
        long misses = cache.pages().metric("fallback_misses_total");
        apart.part();
        RawClient waiting = cache.asks("GET", "unseen:hold");

        assertNull(cache.call("GET", "unseen:nil"));
        assertUnavailable(cache.call("GET", "unseen:error"));
        Eventually.until("max-stale", () -> cache.call("GET", "old:k") == null);
        assertEquals("seen", cache.call("GET", "fresh:k"));
        assertTrue(cache.pages().metric("fallback_oldest_millis") >= 1_000);
        assertTrue(cache.pages().metric("fallback_misses_total") >= misses + 3);
        apart.join();

        assertEquals("theirs", waiting.read());
        assertEquals("theirs", cache.call("GET", "unseen:nil"));
        assertEquals("theirs", cache.call("GET", "unseen:error"));
        assertEquals("seen", cache.call("GET", "old:k"));
    }

    @Test
    void writesAreJournaledLocalHeldOrRejected() {
        String[] keys = {"write:journal", "write:local", "write:hold", "write:reject", "write:gone"};
        seed(cache, "seen", keys);
        apart.part();
        elsewhere("theirs", "write:local", "write:hold", "write:gone");

        assertEquals("OK", cache.call("SET", "write:journal", "ours"));
        assertEquals("OK", cache.call("SET", "write:local", "ours"));
        assertEquals(1L, cache.call("DEL", "write:gone"));
        assertUnavailable(cache.call("SET", "write:reject", "ours"));
        assertEquals("ours", cache.call("GET", "write:journal"));
        assertEquals("ours", cache.call("GET", "write:local"));
        assertEquals("seen", cache.call("GET", "write:reject"));
        assertEquals(3, cache.pages().metric("journal_entries"));
        assertTrue(cache.pages().metric("journal_bytes") > 3 * 100);
        RawClient writer = cache.asks("SET", "write:hold", "ours");
        cache.pages().awaitMetric("backlog_commands", 1);
        RawClient reader = cache.asks("GET", "write:hold"); // behind it, or it would read less than is on its way
        cache.pages().awaitMetric("backlog_commands", 2);
        apart.join();

        assertEquals("OK", writer.read());
        assertEquals("ours", reader.read());
        assertEquals(Arrays.asList("ours", "theirs", "ours", "seen", null), atRedis(keys));
        assertEquals("theirs", cache.call("GET", "write:local"));
        assertEquals(0, cache.pages().metric("journal_entries"));
    }

    @Test
    void locksAreLocalOpenHeldOrRejected() {
        long clashes = cache.pages().metric("lock_clashes_total");
        apart.part();

        assertEquals("OK", cache.call("SET", "lock:local", "one", "NX", "EX", "300"));
        assertNull(cache.asks("SET", "lock:local", "two", "NX", "EX", "300").read());
        assertEquals("OK", cache.call("SET", "lock:clash", "ours", "NX", "EX", "300"));
        assertEquals("OK", cache.call("SET", "lock:open", "one", "NX", "EX", "300"));
        assertEquals(
                "OK", cache.asks("SET", "lock:open", "two", "NX", "EX", "300").read());
        assertUnavailable(cache.call("SET", "lock:reject", "ours", "NX", "EX", "300"));
        RawClient lost = cache.asks("SET", "lock:hold", "ours", "NX", "EX", "300");
        cache.pages().awaitMetric("backlog_commands", 1);
        elsewhere("theirs", "lock:clash", "lock:hold");
        apart.join();

        assertNull(lost.read(), "somebody else has it");
        assertEquals(
                Arrays.asList("one", "theirs", null, "theirs", null),
                atRedis("lock:local", "lock:clash", "lock:open", "lock:hold", "lock:reject"));
        long left = (long) apart.elsewhere("PTTL", "lock:local");
        assertTrue(left > 240_000 && left < 300_000, "time left: " + left);
        assertEquals(clashes + 1, cache.pages().metric("lock_clashes_total"));
        assertEquals(1L, cache.call("EVAL", RELEASE, "1", "lock:local", "one"));
        assertNull(apart.elsewhere("GET", "lock:local"));
    }

    @Test
    void countersAreHeldJournaledLocalOrRejected() {
        String[] keys = {"count:hold", "count:journal", "count:local", "count:reject"};
        seed(cache, "5", keys);
        apart.part();
        for (String key : keys) {
            assertEquals(15L, apart.elsewhere("INCRBY", key, "10"));
        }
        RawClient waiting = cache.asks("INCR", "count:hold");

        assertEquals(6L, cache.call("INCR", "count:journal"));
        assertEquals(7L, cache.call("INCR", "count:journal"));
        assertEquals(6L, cache.call("INCR", "count:local"));
        assertUnavailable(cache.call("INCR", "count:reject"));
        cache.pages().awaitMetric("backlog_commands", 1);
        apart.join();

        assertEquals(16L, waiting.read());
        assertEquals(List.of("16", "17", "15", "15"), atRedis(keys));
        assertEquals("17", cache.call("GET", "count:journal"));
    }

    @Test
    void profilesAreWhatTheySay() {
        seed(session, "seen", "session:known");
        elsewhere("theirs", "session:unseen");
        seed(strict, "seen", "strict:known", "return:known");
        apart.part();
        elsewhere("theirs", "session:known", "strict:known", "return:known");

        assertEquals("seen", session.call("GET", "session:known"));
        assertUnavailable(session.call("GET", "session:unseen"));
        assertEquals("OK", session.call("SET", "session:new", "ours"));
        assertEquals("seen", strict.call("GET", "return:known"), "an exception by a rule");
        RawClient reader = strict.asks("GET", "strict:known");
        RawClient writer = strict.asks("SET", "strict:new", "ours");
        strict.pages().awaitMetric("backlog_commands", 2);
        apart.join();

        assertEquals("theirs", reader.read());
        assertEquals("OK", writer.read());
        assertEquals(List.of("ours", "ours"), atRedis("session:new", "strict:new"));
        assertEquals("theirs", session.call("GET", "session:known"));
        assertEquals("theirs", session.call("GET", "session:unseen"));
        assertEquals("theirs", strict.call("GET", "return:known"));
    }

    @Test
    void othersWritesMeetOursAsRecoverySetSays() {
        Return byDefault = new Return(cache, "return:unchanged:");
        Return lastWriter = new Return(session, "return:last:");
        Return upstream = new Return(strict, "return:upstream:");
        List<Return> all = List.of(byDefault, lastWriter, upstream);
        all.forEach(Return::before);
        apart.part();
        all.forEach(Return::meanwhile);
        apart.join();

        byDefault.assertAtRedis(3, "ours", "theirs", null, "theirs", "ours", null);
        lastWriter.assertAtRedis(0, "ours", "ours", "ours", "ours", "ours", null);
        upstream.assertAtRedis(3, "seen", "theirs", "ours", "theirs", "ours", null);
        String conflicts = cache.pages().conflicts();
        for (String key : List.of("changed", "gone", "unseen")) {
            assertTrue(conflicts.contains("\"0:return:unchanged:" + key + "\""), conflicts);
        }
        String hashed = strict.pages().conflicts();
        for (String key : List.of("same", "changed", "unseen")) {
            assertTrue(hashed.contains("\"" + hash("0:return:upstream:" + key) + "\""), hashed);
        }
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What can have become of a key at Redis in the meantime, for one proxy. */
    private static final class Return {
        private final Side side;
        private final String prefix;
        private final long conflicts;

        Return(Side side, String prefix) {
            this.side = side;
            this.prefix = prefix;
            this.conflicts = side.pages().metric("journal_conflicts_total");
        }

        private String key(String name) {
            return prefix + name;
        }

        void before() {
            seed(side, "seen", key("same"), key("changed"), key("gone"), key("deleted"));
        }

        void meanwhile() {
            for (String name : List.of("same", "changed", "gone", "unseen", "fresh")) {
                assertEquals("OK", side.call("SET", key(name), "ours"));
            }
            assertEquals(1L, side.call("DEL", key("deleted")));
            elsewhere("theirs", key("changed"), key("unseen"), key("deleted"));
            assertEquals(1L, apart.elsewhere("DEL", key("gone")));
        }

        void assertAtRedis(long newConflicts, String... values) {
            String[] keys = Stream.of("same", "changed", "gone", "unseen", "fresh", "deleted")
                    .map(this::key)
                    .toArray(String[]::new);
            assertEquals(Arrays.asList(values), atRedis(keys), prefix);
            for (int i = 0; i < keys.length; i++) {
                assertEquals(values[i], side.call("GET", keys[i]), keys[i]);
            }
            assertEquals(conflicts + newConflicts, side.pages().metric("journal_conflicts_total"), prefix);
        }
    }
}
