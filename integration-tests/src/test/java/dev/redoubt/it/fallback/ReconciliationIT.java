package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.fallback.Mode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged during an outage reaches a real Redis, or does not, as the setting says; by script and by WATCH. */
class ReconciliationIT extends ReconciliationFixture {
    @ParameterizedTest
    @EnumSource(Way.class)
    void unchangedKeyTakesOurValue(Way way) throws IOException {
        through("SET", "k", "old");
        through("GET", "never:there");
        down("SET", "k", "new");
        down("SET", "never:there", "new");
        down("SET", "never:seen", "new");

        reconcile(way);

        assertEquals("new", get("k"));
        assertEquals("new", get("never:there"));
        assertEquals("new", get("never:seen"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyThatSomebodyElseWroteIsAConflict(Way way) throws IOException {
        through("SET", "k", "old");
        through("GET", "absent");
        down("SET", "k", "ours");
        down("SET", "absent", "ours");
        down("SET", "never:seen", "ours");
        down("SET", "gone", "ours");
        redis.send("MSET", "k", "theirs", "absent", "theirs", "never:seen", "theirs");

        reconcile(way);

        assertEquals("theirs", get("k"));
        assertEquals("theirs", get("absent"));
        assertEquals("theirs", get("never:seen"));
        assertEquals("ours", get("gone"));
        assertEquals(3, store.stats().conflicts());
        assertEquals(3, store.conflicts().size());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keyThatSomebodyElseDeletedIsAConflictUnlessRedisLostItsData(Way way) throws IOException {
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("DEL", "k");

        reconcile(way);
        assertEquals("", get("k"));
        assertEquals(1, store.stats().conflicts());

        redis.send("SET", "k", "old");
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("DEL", "k");
        reconcile(way, true);
        assertEquals("ours", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void remainingExpiryIsKept(Way way) throws IOException {
        through("SET", "k", "old");
        long expiry = System.currentTimeMillis() + 500_000;
        down("SET", "k", "new", "PXAT", Long.toString(expiry));

        reconcile(way);

        assertEquals("new", get("k"));
        assertEquals(":" + expiry + "\r\n", redis.send("PEXPIRETIME", "k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void changeOfExpiryAloneLeavesTheValue(Way way) throws IOException {
        long expiry = System.currentTimeMillis() + 500_000;
        through("SET", "k", "v");
        through("SET", "p", "v", "EX", "100");
        down("PEXPIREAT", "k", Long.toString(expiry));
        down("PERSIST", "p");

        reconcile(way);

        assertEquals(":" + expiry + "\r\n", redis.send("PEXPIRETIME", "k"));
        assertEquals(":-1\r\n", redis.send("TTL", "p"));
        assertEquals("v", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void expiryThatWasNeverSeenIsLeftAlone(Way way) throws IOException {
        redis.send("SET", "k", "v", "EX", "1000");
        through("GET", "k");
        down("SET", "k", "w", "KEEPTTL");

        reconcile(way);

        assertEquals("w", get("k"));
        assertEquals(":1000\r\n", redis.send("TTL", "k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void valueWhoseTimePassedTakesTheOldOneAlong(Way way) throws IOException {
        through("MSET", "k", "old", "changed", "old");
        String past = Long.toString(System.currentTimeMillis() - 1);
        down("SET", "k", "short", "PXAT", past);
        down("SET", "changed", "short", "PXAT", past);
        redis.send("SET", "changed", "theirs");

        reconcile(way);

        assertEquals("", get("k"));
        assertEquals("theirs", get("changed"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deletesAreReplayedWhateverIsThere(Way way) throws IOException {
        through("SET", "k", "old");
        down("DEL", "k", "hash", "nothing");
        redis.send("SET", "k", "theirs");
        redis.send("HSET", "hash", "f", "v");

        reconcile(way);

        assertEquals(":0\r\n", redis.send("EXISTS", "k", "hash"));
        assertTrue(store.isReconciled());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anotherTypeIsAConflict(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        down("SET", "k", "ours");
        redis.send("HSET", "k", "f", "v");

        reconcile(way);

        assertEquals("+hash\r\n", redis.send("TYPE", "k"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lastWriterIsUs(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        through("SET", "k", "old");
        down("SET", "k", "ours");
        redis.send("SET", "k", "theirs");

        reconcile(way);

        assertEquals("ours", get("k"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void upstreamWinsWhereItHasTheKey(Way way) throws IOException {
        begin(Recovery.UPSTREAM_WINS);
        through("SET", "k", "old");
        down("SET", "k", "ours");
        down("SET", "fresh", "ours");

        reconcile(way);

        assertEquals("old", get("k"));
        assertEquals("ours", get("fresh"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasWrittenBeforeAnyUpstreamGoesOnlyToAbsentKeys(Way way) throws IOException {
        begin(Recovery.LAST_WRITER_WINS);
        execute(Mode.MEMORY_ONLY, 0, "MSET", "k", "ours", "fresh", "ours");
        redis.send("SET", "k", "theirs");

        reconcile(way);

        assertEquals("theirs", get("k"));
        assertEquals("ours", get("fresh"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyDatabaseGetsItsOwn(Way way) throws IOException {
        execute(Mode.OUTAGE, 3, "SET", "k", "three");
        execute(Mode.OUTAGE, 0, "SET", "k", "zero");
        execute(Mode.MEMORY_ONLY, 99, "SET", "k", "nowhere");
        execute(Mode.OUTAGE, 3, "SET", "l", "three");

        reconcile(way);

        assertEquals("zero", get("k"));
        redis.send("SELECT", "3");
        assertEquals("*2\r\n$5\r\nthree\r\n$5\r\nthree\r\n", redis.send("MGET", "k", "l"));
        redis.send("SELECT", "0");
        assertEquals(1, store.stats().conflicts(), "there is no database 99");
    }
}
