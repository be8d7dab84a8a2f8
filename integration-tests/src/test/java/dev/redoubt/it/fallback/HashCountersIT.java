package dev.redoubt.it.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.fallback.Mode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was added to fields of hashes is added at a real Redis to whatever they hold by then; by script and by WATCH. */
class HashCountersIT extends ReconciliationFixture {
    @BeforeEach
    void countersAreJournaled() {
        beginCounting(Recovery.REPLAY_IF_UNCHANGED);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bothWhoAddHaveAdded(Way way) throws IOException {
        for (Recovery recovery : Recovery.values()) {
            beginCounting(recovery);
            redis.send("FLUSHALL");
            redis.send("HSET", "h", "n", "10", "m", "-5", "other", "x");
            through("HGETALL", "h");
            assertEquals(":15\r\n", down("HINCRBY", "h", "n", "5"));
            assertEquals(":13\r\n", down("HINCRBY", "h", "n", "-2"));
            assertEquals(":-4\r\n", down("HINCRBY", "h", "m", "1"));
            assertEquals(":1\r\n", down("HINCRBY", "h", "new", "1"));
            assertEquals(":7\r\n", down("HINCRBY", "unseen", "n", "7"));
            redis.send("HINCRBY", "h", "n", "100");
            redis.send("HSET", "h", "other", "theirs");
            redis.send("HSET", "unseen", "n", "35");

            reconcile(way);

            assertEquals("113", field("h", "n"), recovery + "");
            assertEquals("-4", field("h", "m"));
            assertEquals("1", field("h", "new"));
            assertEquals("theirs", field("h", "other"));
            assertEquals("42", field("unseen", "n"));
            assertEquals(0, store.stats().conflicts());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void fieldThatIsNoNumberAtRedisKeepsAllOfOursAway(Way way) throws IOException {
        redis.send("HSET", "h", "n", "10", "s", "old");
        through("HGETALL", "h");
        down("HINCRBY", "h", "n", "5");
        down("HSET", "h", "s", "ours");
        redis.send("HSET", "h", "n", "text");

        reconcile(way);

        assertEquals("text", field("h", "n"));
        assertEquals("old", field("h", "s"));
        assertEquals(1, store.stats().conflicts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void fieldThatIsSetOrRemovedIsAStateAgain(Way way) throws IOException {
        redis.send("HSET", "h", "set", "10", "gone", "10");
        through("HGETALL", "h");
        down("HINCRBY", "h", "set", "1");
        down("HSET", "h", "set", "0");
        down("HINCRBY", "h", "set", "1");
        down("HINCRBY", "h", "gone", "1");
        down("HDEL", "h", "gone");
        down("HINCRBY", "h", "gone", "2");

        reconcile(way);

        assertEquals("1", field("h", "set"));
        assertEquals("2", field("h", "gone"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void redisThatCameUpEmptyGetsTheSum(Way way) throws IOException {
        redis.send("HSET", "h", "n", "10", "s", "x");
        redis.send("HSET", "g", "n", "10");
        through("HGETALL", "h");
        through("HGETALL", "g");
        down("HINCRBY", "h", "n", "5");
        down("HINCRBY", "g", "n", "5");
        redis.send("FLUSHALL");
        redis.send("HINCRBY", "g", "n", "3");

        reconcile(way, true);

        assertEquals("15", field("h", "n"));
        assertEquals("x", field("h", "s"));
        assertEquals("8", field("g", "n"), "somebody has begun anew");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasAddedBeforeAnyUpstreamGoesOnlyToAKeyThatIsNotThere(Way way) throws IOException {
        execute(Mode.MEMORY_ONLY, 0, "HINCRBY", "h", "n", "5");
        execute(Mode.MEMORY_ONLY, 0, "HINCRBY", "g", "n", "5");
        redis.send("HSET", "g", "m", "1");

        reconcile(way);

        assertEquals("5", field("h", "n"));
        assertEquals("", field("g", "n"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void additionWhoseReplyIsLostIsNotMadeTwiceAndTheRestOfItsKeyGoes(Way way) throws IOException {
        redis.send("HSET", "h", "n", "10", "s", "old");
        through("HGETALL", "h");
        down("HINCRBY", "h", "n", "5");
        down("HSET", "h", "s", "ours");
        loseReplies(way, () -> field("h", "n").equals("15"));
        redis.send("HSET", "h", "s", "old"); // as if it had never arrived

        reconcile(way);

        assertEquals("15", field("h", "n"));
        assertEquals("ours", field("h", "s"));
        assertEquals(1, store.stats().conflicts());
        assertEquals(0, store.stats().journalEntries());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void fieldInDoubtIsOurOwnWhenItIsWrittenAgain(Way way) throws IOException {
        redis.send("HSET", "h", "n", "10", "s", "old");
        through("HGETALL", "h");
        down("HINCRBY", "h", "n", "5");
        loseReplies(way, () -> field("h", "n").equals("15"));
        down("HSET", "h", "n", "7", "s", "ours");

        reconcile(way);

        assertEquals("n 7 s ours", fields("h"));
        assertEquals(1, store.stats().conflicts(), "the addition, of which nobody knew");
    }
}
