package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.WritePolicy;
import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Locks, counters and local writes come to a real Redis, where others wrote meanwhile, as their rules say; by script and by WATCH. */
class LocksAndCountersIT extends ReconciliationFixture {
    private static final String RELEASE =
            "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end";

    private static long pttl(String key) throws IOException {
        return Long.parseLong(redis.send("PTTL", key).substring(1).trim());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lockGoesToRedisWithTheTimeThatIsLeft(Way way) throws IOException {
        down("SET", "lock", "mine", "NX", "EX", "300");

        reconcile(way);

        assertEquals("mine", get("lock"));
        assertTrue(pttl("lock") > 290_000 && pttl("lock") <= 300_000, "" + pttl("lock"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lockThatSomebodyElseHasIsAClashUnderEveryPolicy(Way way) throws IOException {
        for (Recovery recovery : Recovery.values()) {
            beginWith(WritePolicy.JOURNAL, WritePolicy.HOLD, recovery);
            redis.send("FLUSHALL");
            through("GET", "lock");
            assertEquals("+OK\r\n", down("SET", "lock", "mine", "NX", "EX", "300"));
            redis.send("SET", "lock", "theirs", "NX", "EX", "300");

            reconcile(way);

            assertEquals("theirs", get("lock"), recovery.name());
            assertEquals(1, store.stats().locks().clashes(), recovery.name());
            assertEquals(1, store.stats().conflicts());
            assertEquals(List.of("0:lock"), store.conflicts());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lockThatWasReleasedLeavesNoTraceAndTakesNobodysAway(Way way) throws IOException {
        down("SET", "lock", "mine", "NX", "EX", "300");
        assertEquals(":1\r\n", down("EVAL", RELEASE, "1", "lock", "mine"));
        down("SET", "plain", "mine", "NX", "EX", "300");
        assertEquals(":1\r\n", down("DEL", "plain"));
        redis.send("SET", "lock", "theirs");
        redis.send("SET", "plain", "theirs");

        reconcile(way);

        assertEquals("theirs", get("lock"));
        assertEquals("theirs", get("plain"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lockFromBeforeIsReleasedAtRedisUnlessSomebodyElseHasItByNow(Way way) throws IOException {
        through("SET", "lock", "mine", "NX", "EX", "300");
        through("SET", "other", "mine", "NX", "EX", "300");
        assertEquals(":1\r\n", down("EVAL", RELEASE, "1", "lock", "mine"));
        assertEquals(":1\r\n", down("EVAL", RELEASE, "1", "other", "mine"));
        redis.send("SET", "other", "theirs");

        reconcile(way);

        assertEquals("", get("lock"));
        assertEquals("theirs", get("other"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lockTakenAfterAReleaseReplacesTheOneFromBefore(Way way) throws IOException {
        through("SET", "lock", "first", "NX", "EX", "300");
        down("EVAL", RELEASE, "1", "lock", "first");
        assertEquals("+OK\r\n", down("SET", "lock", "second", "NX", "EX", "300"));

        reconcile(way);

        assertEquals("second", get("lock"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void holderThatOnlyRedisKnowsOfKeepsItsLock(Way way) throws IOException {
        through("SET", "lock", "theirs", "NX", "PX", "50");
        redis.send("PEXPIRE", "lock", "300000"); // extended past this proxy
        while (!down("SET", "lock", "mine", "NX", "EX", "300").equals("+OK\r\n")) {
            Thread.onSpinWait(); // until it has ended, as far as was seen here
        }

        reconcile(way);

        assertEquals("theirs", get("lock"));
        assertEquals(1, store.stats().locks().clashes());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void countersGoAsIncrements(Way way) throws IOException {
        beginWith(WritePolicy.JOURNAL, WritePolicy.JOURNAL, Recovery.REPLAY_IF_UNCHANGED);
        through("SET", "n", "10", "EX", "300");
        assertEquals(":11\r\n", down("INCR", "n"));
        assertEquals(":16\r\n", down("INCRBY", "n", "5"));
        assertEquals(":1\r\n", down("INCR", "unseen"));
        assertEquals(":1\r\n", down("EXPIRE", "unseen", "60"));
        redis.send("INCRBY", "n", "100");
        redis.send("SET", "unseen", "41");

        reconcile(way);

        assertEquals("116", get("n"));
        assertTrue(pttl("n") > 290_000, "its expiry is as it was");
        assertEquals("42", get("unseen"));
        assertTrue(pttl("unseen") > 50_000 && pttl("unseen") <= 60_000, "" + pttl("unseen"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void counterThatIsNoNumberAtRedisIsAConflict(Way way) throws IOException {
        beginWith(WritePolicy.JOURNAL, WritePolicy.JOURNAL, Recovery.REPLAY_IF_UNCHANGED);
        down("INCR", "n");
        down("INCR", "l");
        redis.send("SET", "n", "text");
        redis.send("LPUSH", "l", "x");

        reconcile(way);

        assertEquals("text", get("n"));
        assertEquals(2, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void stateAfterACountIsAStateAgain(Way way) throws IOException {
        beginWith(WritePolicy.JOURNAL, WritePolicy.JOURNAL, Recovery.REPLAY_IF_UNCHANGED);
        through("SET", "n", "10");
        down("INCR", "n");
        down("SET", "n", "0");
        down("INCR", "n");

        reconcile(way);

        assertEquals("1", get("n"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void incrementWhoseReplyIsLostIsNotAddedTwice(Way way) throws IOException {
        beginWith(WritePolicy.JOURNAL, WritePolicy.JOURNAL, Recovery.REPLAY_IF_UNCHANGED);
        down("INCRBY", "n", "5");
        loseReplies(way, () -> get("n").equals("5"));

        reconcile(way);

        assertEquals("5", get("n"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void localWritesNeverComeToRedis(Way way) throws IOException {
        beginWith(WritePolicy.LOCAL, WritePolicy.LOCAL, Recovery.LAST_WRITER_WINS);
        through("SET", "k", "old");
        down("SET", "k", "mine");
        down("INCR", "n");
        down("DEL", "gone");
        redis.send("SET", "gone", "theirs");

        reconcile(way);

        assertEquals("old", get("k"));
        assertEquals("", get("n"));
        assertEquals("theirs", get("gone"));
        assertEquals(0, store.stats().journalEntries());
    }
}
