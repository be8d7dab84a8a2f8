package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.fallback.Mode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written to hashes comes to a real Redis field by field, all of a key or nothing; by script and by WATCH. */
class HashReconciliationIT extends ReconciliationFixture {
    @ParameterizedTest
    @EnumSource(Way.class)
    void changedFieldsGoAndOthersStay(Way way) throws IOException {
        redis.send("HSET", "h", "a", "1", "b", "2", "c", "3");
        through("HGETALL", "h");
        down("HSET", "h", "a", "ours", "new", "ours");
        down("HDEL", "h", "b");
        redis.send("HSET", "h", "c", "theirs", "d", "theirs");

        reconcile(way);

        assertEquals("a ours c theirs d theirs new ours", fields("h"));
        assertEquals(0, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void oneFieldThatSomebodyElseWroteKeepsAllOfOursAway(Way way) throws IOException {
        redis.send("HSET", "h", "a", "1", "b", "2");
        through("HGETALL", "h");
        down("HSET", "h", "a", "ours", "b", "ours");
        redis.send("HSET", "h", "b", "theirs");

        reconcile(way);

        assertEquals("a 1 b theirs", fields("h"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lastWriterWinsAndUpstreamWinsByField(Way way) throws IOException {
        for (Recovery recovery : new Recovery[] {Recovery.LAST_WRITER_WINS, Recovery.UPSTREAM_WINS}) {
            begin(recovery);
            redis.send("FLUSHALL");
            redis.send("HSET", "h", "a", "1");
            through("HGETALL", "h");
            down("HSET", "h", "a", "ours");
            down("HSET", "g", "x", "ours");
            redis.send("HSET", "h", "a", "theirs");

            reconcile(way);

            assertEquals(recovery == Recovery.LAST_WRITER_WINS ? "a ours" : "a theirs", fields("h"));
            assertEquals("x ours", fields("g"));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void fieldsOfAHashNeverSeenGoWhereTheyAreAbsent(Way way) throws IOException {
        redis.send("HSET", "h", "theirs", "1");
        redis.send("HSET", "clash", "ours", "theirs");
        down("HSET", "h", "ours", "1");
        down("HSET", "clash", "ours", "1");
        down("HSET", "fresh", "ours", "1");

        reconcile(way);

        assertEquals("theirs 1 ours 1", fields("h"));
        assertEquals("ours theirs", fields("clash"));
        assertEquals("ours 1", fields("fresh"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deletedAndWrittenAgainReplacesAll(Way way) throws IOException {
        redis.send("HSET", "h", "a", "1", "b", "2");
        redis.send("SET", "s", "v");
        through("HGETALL", "h");
        through("GET", "s");
        down("DEL", "h", "s");
        down("HSET", "h", "c", "3");
        down("HSET", "s", "c", "3");

        reconcile(way);

        assertEquals("c 3", fields("h"));
        assertEquals("c 3", fields("s"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void expiryGoesAlong(Way way) throws IOException {
        redis.send("HSET", "kept", "a", "1");
        redis.send("EXPIRE", "kept", "1000");
        redis.send("HSET", "given", "a", "1");
        through("HGETALL", "kept");
        through("HGETALL", "given");
        down("HSET", "kept", "b", "2");
        down("EXPIRE", "given", "60");
        redis.send("HSET", "given", "c", "theirs");

        reconcile(way);

        assertTrue(redis.send("TTL", "kept").startsWith(":99")
                || redis.send("TTL", "kept").startsWith(":1000"));
        assertTrue(redis.send("TTL", "given").matches(":(59|60)\r\n"), redis.send("TTL", "given"));
        assertEquals("a 1 c theirs", fields("given"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void otherTypeAtRedisIsAConflict(Way way) throws IOException {
        down("HSET", "h", "a", "1");
        redis.send("SET", "h", "text");

        reconcile(way);

        assertEquals("text", get("h"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void hashFromBeforeAnyRedisGoesOnlyWhereThereIsNone(Way way) throws IOException {
        execute(Mode.MEMORY_ONLY, 0, "HSET", "h", "a", "1");
        execute(Mode.MEMORY_ONLY, 0, "HSET", "free", "a", "1");
        redis.send("HSET", "h", "b", "theirs");

        reconcile(way);

        assertEquals("b theirs", fields("h"));
        assertEquals("a 1", fields("free"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void redisThatLostItsDataGetsAllThatIsKnownOfAChangedHash(Way way) throws IOException {
        redis.send("HSET", "h", "a", "1", "b", "2");
        through("HGETALL", "h");
        down("HSET", "h", "a", "ours");
        redis.send("FLUSHALL");

        reconcile(way, true);

        assertEquals("a ours b 2", fields("h"));
    }
}
