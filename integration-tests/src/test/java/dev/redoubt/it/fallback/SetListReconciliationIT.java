package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.fallback.Mode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members go to sets one by one, and what was pushed is pushed at a real Redis to whatever is there by then; by script and by WATCH. */
class SetListReconciliationIT extends ReconciliationFixture {
    @BeforeEach
    void countersAreJournaled() {
        beginCounting(Recovery.REPLAY_IF_UNCHANGED);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void membersOfBothAreThere(Way way) throws IOException {
        for (Recovery recovery : Recovery.values()) {
            beginCounting(recovery);
            redis.send("FLUSHALL");
            redis.send("SADD", "s", "a", "b");
            redis.send("SADD", "unseen", "x");
            through("SMEMBERS", "s");
            assertEquals(":1\r\n", down("SADD", "s", "c", "a"));
            assertEquals(":1\r\n", down("SREM", "s", "b", "never"));
            assertEquals(":2\r\n", down("SADD", "unseen", "x", "y"));
            redis.send("SADD", "s", "theirs");

            reconcile(way);

            assertEquals("a c theirs", members("s"), recovery + "");
            assertEquals("x y", members("unseen"));
            assertEquals(0, store.stats().conflicts());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void setThatSomebodyElseDeletedOrMadeAnotherTypeIsAConflict(Way way) throws IOException {
        redis.send("SADD", "s", "a");
        redis.send("SADD", "t", "a");
        through("SMEMBERS", "s");
        through("SMEMBERS", "t");
        down("SADD", "s", "b");
        down("SADD", "t", "b");
        redis.send("DEL", "s", "t");
        redis.send("SET", "t", "theirs");

        reconcile(way);

        assertEquals(":0\r\n", redis.send("EXISTS", "s"));
        assertEquals("theirs", get("t"));
        assertEquals(2, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatBothPushedIsThere(Way way) throws IOException {
        for (Recovery recovery : Recovery.values()) {
            beginCounting(recovery);
            redis.send("FLUSHALL");
            redis.send("RPUSH", "l", "1", "2");
            redis.send("RPUSH", "unseen", "x");
            through("LRANGE", "l", "0", "-1");
            assertEquals(":4\r\n", down("RPUSH", "l", "3", "4"));
            assertEquals(":6\r\n", down("LPUSH", "l", "0", "-1"));
            assertEquals("-1 0 1 2 3 4", plain(down("LRANGE", "l", "0", "-1")));
            assertEquals(":1\r\n", down("RPUSH", "unseen", "y"));
            redis.send("LPOP", "l");
            redis.send("RPUSH", "l", "theirs");

            reconcile(way);

            assertEquals("-1 0 2 theirs 3 4", list("l"), recovery + "");
            assertEquals("x y", list("unseen"));
            assertEquals(0, store.stats().conflicts());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deletedAndPushedAnewReplacesAll(Way way) throws IOException {
        redis.send("RPUSH", "l", "1", "2");
        redis.send("SADD", "s", "a", "b");
        through("LRANGE", "l", "0", "-1");
        through("SMEMBERS", "s");
        down("DEL", "l", "s");
        down("RPUSH", "l", "b");
        down("LPUSH", "l", "a");
        down("SADD", "s", "c");
        redis.send("RPUSH", "l", "theirs");

        reconcile(way);

        assertEquals("a b", list("l"));
        assertEquals("c", members("s"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anotherTypeAtRedisIsAConflict(Way way) throws IOException {
        down("RPUSH", "l", "x");
        redis.send("SET", "l", "theirs");

        reconcile(way);

        assertEquals("theirs", get("l"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void expiryGoesAlong(Way way) throws IOException {
        redis.send("RPUSH", "kept", "a");
        redis.send("EXPIRE", "kept", "1000");
        redis.send("SADD", "given", "a");
        through("LRANGE", "kept", "0", "-1");
        through("SMEMBERS", "given");
        down("RPUSH", "kept", "b");
        down("EXPIRE", "given", "500");
        down("RPUSH", "fresh", "x");
        down("EXPIRE", "fresh", "100");

        reconcile(way);

        assertEquals(":1000\r\n", redis.send("TTL", "kept"));
        assertEquals(":500\r\n", redis.send("TTL", "given"));
        assertEquals(":100\r\n", redis.send("TTL", "fresh"));
        assertEquals("a b", list("kept"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatEndedMeanwhileByItsOwnTimeIsNotMadeAnew(Way way) throws IOException {
        for (String key : new String[] {"l", "s", "h", "longer"}) {
            redis.send("DEL", key);
        }
        through("RPUSH", "l", "a");
        through("SADD", "s", "a");
        through("HSET", "h", "n", "1");
        through("RPUSH", "longer", "a");
        for (String key : new String[] {"l", "s", "h", "longer"}) {
            through("PEXPIRE", key, "60");
        }
        assertEquals(":2\r\n", down("RPUSH", "l", "b"));
        assertEquals(":1\r\n", down("SADD", "s", "b"));
        assertEquals(":2\r\n", down("HINCRBY", "h", "n", "1"));
        assertEquals(":2\r\n", down("RPUSH", "longer", "b"));
        redis.send("PERSIST", "longer");
        while (!down("EXISTS", "l", "s", "h", "longer").equals(":0\r\n")) {
            Thread.onSpinWait();
        }

        reconcile(way);

        assertEquals(":0\r\n", redis.send("EXISTS", "l", "s", "h"));
        assertEquals("a b", list("longer"), "somebody else keeps it");
        assertEquals(0, store.stats().conflicts());
    }

    /** And somebody else has made them anew before our next writes to them come. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void whatOthersMadeOfKeysThatEndedIsNotReplaced(Way way) throws IOException {
        through("RPUSH", "l", "old");
        through("SADD", "s", "old");
        through("HSET", "h", "n", "1");
        through("SET", "n", "1");
        for (String key : new String[] {"l", "s", "h", "n"}) {
            through("PEXPIRE", key, "60");
        }
        down("RPUSH", "l", "lost");
        down("SADD", "s", "lost");
        down("HINCRBY", "h", "n", "1");
        down("INCR", "n");
        while (!down("EXISTS", "l", "s", "h", "n").equals(":0\r\n")
                || !redis.send("EXISTS", "l", "s", "h", "n").equals(":0\r\n")) {
            Thread.onSpinWait();
        }
        redis.send("RPUSH", "l", "theirs");
        redis.send("SADD", "s", "theirs");
        redis.send("HSET", "h", "n", "10", "m", "theirs");
        redis.send("SET", "n", "10");
        assertEquals(":1\r\n", down("RPUSH", "l", "ours"));
        assertEquals(":1\r\n", down("SADD", "s", "ours"));
        assertEquals(":1\r\n", down("HINCRBY", "h", "n", "1"));
        assertEquals(":1\r\n", down("INCR", "n"));

        reconcile(way);

        assertEquals("theirs ours", list("l"));
        assertEquals("ours theirs", members("s"));
        assertEquals("n 11 m theirs", fields("h"));
        assertEquals("11", get("n"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasWrittenBeforeAnyUpstreamGoesOnlyToAbsentKeys(Way way) throws IOException {
        for (String key : new String[] {"l", "m"}) {
            execute(Mode.MEMORY_ONLY, 0, "RPUSH", key, "a", "b", "c");
            execute(Mode.MEMORY_ONLY, 0, "LPOP", key);
        }
        execute(Mode.MEMORY_ONLY, 0, "SADD", "s", "a");
        redis.send("RPUSH", "m", "theirs");

        reconcile(way);

        assertEquals("b c", list("l"));
        assertEquals("theirs", list("m"));
        assertEquals("a", members("s"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void redisThatCameUpEmptyGetsTheSetAndNoElementTwice(Way way) throws IOException {
        redis.send("SADD", "s", "a", "b");
        redis.send("RPUSH", "l", "a", "b");
        through("SMEMBERS", "s");
        through("LRANGE", "l", "0", "-1");
        down("SADD", "s", "c");
        down("RPUSH", "l", "c");
        redis.send("FLUSHALL");

        reconcile(way, true);

        assertEquals("a b c", members("s"));
        assertEquals("c", list("l"), "who took the others, nobody knows");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void pushWhoseReplyIsLostIsNotMadeTwice(Way way) throws IOException {
        down("RPUSH", "l", "x");
        loseReplies(way, () -> list("l").equals("x"));

        reconcile(way);

        assertEquals("x", list("l"));
        assertEquals(1, store.stats().conflicts());
        assertTrue(store.isReconciled());
    }
}
