package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets and lists: what the recorder learns of them, what is answered, and what waits. */
class SetListOutageTest {
    private static final String AB = "*2\r\n$1\r\na\r\n$1\r\nb";
    private static final String WRONG_TYPE = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    private final StoreFixture fixture = new StoreFixture();

    private static StoreFixture counters(WritePolicy counters, OnMiss onMiss) {
        return new StoreFixture(StoreFixture.rules(new FallbackRule(
                "*", ReadPolicy.STALE, onMiss, WritePolicy.JOURNAL, LockPolicy.LOCAL, counters, Duration.ofDays(1))));
    }

    @Test
    void wholeSetIsAnswered() {
        fixture.seen("SMEMBERS s", AB);
        fixture.seen("SMEMBERS resp3", "~1\r\n$1\r\na");
        fixture.drained();

        assertEquals("*2 $1 a $1 b", fixture.outage("SMEMBERS s"));
        assertEquals(":1", fixture.outage("SISMEMBER s a"));
        assertEquals("*3 :1 :0 :1", fixture.outage("SMISMEMBER s a x b"));
        assertEquals(":2", fixture.outage("SCARD s"));
        assertEquals("+set", fixture.outage("TYPE s"));
        assertEquals(":1", fixture.outage("EXISTS s"));
        assertEquals("*1 $1 a", fixture.outage("SMEMBERS resp3"));
        assertEquals(":1", fixture.outage("SADD s a c"));
        assertEquals(":1", fixture.outage("SREM s b x"));
        assertEquals("*2 $1 a $1 c", fixture.outage("SMEMBERS s"));
    }

    @Test
    void partOfASetAnswersForItsMembers() {
        StoreFixture hold = new StoreFixture(StoreFixture.settings(OnMiss.HOLD, null, "*"));
        hold.seen("SISMEMBER s a", ":1");
        hold.seen("SMISMEMBER s b c", "*2\r\n:1\r\n:0");
        hold.drained();

        assertEquals("*3 :1 :1 :0", hold.outage("SMISMEMBER s a b c"));
        for (String command : new String[] {"SISMEMBER s x", "SMEMBERS s", "SCARD s", "SADD s x", "SREM s x"}) {
            assertEquals("HOLD", hold.outage(command), command);
        }
        assertEquals(":1", hold.outage("SADD s c"));
    }

    @Test
    void wholeListIsAnswered() {
        fixture.seen("LRANGE l 0 -1", AB);
        fixture.seen("RPUSH l c", ":3");
        fixture.seen("LPUSH l z", ":4");
        fixture.seen("RPOP l", "$1\r\nc");
        fixture.drained();

        assertEquals("*3 $1 z $1 a $1 b", fixture.outage("LRANGE l 0 -1"));
        assertEquals("*1 $1 a", fixture.outage("LRANGE l 1 1"));
        assertEquals(":3", fixture.outage("LLEN l"));
        assertEquals("$1 b", fixture.outage("LINDEX l -1"));
        assertEquals("$-1", fixture.outage("LINDEX l 3"));
        assertEquals("+list", fixture.outage("TYPE l"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LLEN l|:3",
                "RPUSH l c|:5",
                "LPOP l|$1\r\nb",
                "LINDEX l 0|$1\r\nb",
                "LRANGE l 1 2|*1\r\n$1\r\na",
                "LPOP l 2|*1\r\n$1\r\na",
                "LSET l 0 x|+OK",
                "LRANGE l 0 -1|-WRONGTYPE x",
                "DEL l|:1"
            })
    void whatContradictsAListIsNotServedOn(String seen) {
        fixture.seen("LRANGE l 0 -1", AB);
        String[] parts = seen.split("\\|");
        fixture.seen(parts[0], parts[1]);
        fixture.drained();

        assertEquals("*0", fixture.outage("LRANGE l 0 -1"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCARD s|:3", "SADD s c|:0", "SREM s a|:0", "SPOP s|$1\r\na", "HGET s f|$-1", "DEL s|:1"})
    void whatContradictsASetIsNotServedOn(String seen) {
        fixture.seen("SMEMBERS s", AB);
        String[] parts = seen.split("\\|");
        fixture.seen(parts[0], parts[1]);
        fixture.drained();

        assertEquals("*0", fixture.outage("SMEMBERS s"), seen);
    }

    @Test
    void pushesWaitUnlessARuleSaysOtherwiseOrTheListIsOurOwn() {
        fixture.seen("LRANGE l 0 -1", AB);
        fixture.drained();
        assertEquals("HOLD", fixture.outage("RPUSH l c"));
        assertEquals("HOLD", fixture.outage("RPUSH never c"));
        assertEquals(":1", fixture.outage("DEL l"));
        assertEquals(":2", fixture.outage("RPUSH l x y"));

        StoreFixture journal = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        journal.seen("LRANGE l 0 -1", AB);
        journal.drained();
        assertEquals(":3", journal.outage("LPUSH l z"));
        assertEquals(":1", journal.outage("RPUSH never c"));
        assertEquals("*3 $1 z $1 a $1 b", journal.outage("LRANGE l 0 -1"));
        assertEquals("HOLD", counters(WritePolicy.JOURNAL, OnMiss.ERROR).outage("RPUSH never c"));
    }

    @Test
    void popsWaitWhileThereIsARedisSomewhere() {
        StoreFixture journal = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        journal.outage("RPUSH l a");

        assertEquals("HOLD", journal.outage("LPOP l"));
        assertEquals("HOLD", journal.outage("RPOP l 2"));
    }

    @Test
    void listsAreEditedWithMemoryOnly() {
        fixture.memoryOnly("RPUSH l a b a c a");

        assertEquals("HOLD", fixture.outage("LSET l 0 x"));
        assertEquals("+OK", fixture.memoryOnly("LSET l -2 x"));
        assertEquals(":1", fixture.memoryOnly("LREM l -1 a"));
        assertEquals("*4 $1 a $1 b $1 a $1 x", fixture.memoryOnly("LRANGE l 0 -1"));
        assertEquals(":2", fixture.memoryOnly("LREM l -9223372036854775808 a"));
        assertEquals("-ERR index out of range", fixture.memoryOnly("LSET l 2 y"));
        assertEquals("+OK", fixture.memoryOnly("LTRIM l -1 9"));
        assertEquals("*1 $1 x", fixture.memoryOnly("LRANGE l 0 -1"));
        assertEquals("+OK", fixture.memoryOnly("LTRIM l 1 0"));
        assertEquals(":0", fixture.memoryOnly("EXISTS l"));
        assertEquals("-ERR no such key", fixture.memoryOnly("LSET l 0 y"));
        assertEquals(0, fixture.store.stats().journalBytes());
    }

    @Test
    void membersAreDrawnWithMemoryOnly() {
        StringBuilder add = new StringBuilder("SADD s");
        for (int i = 0; i < 3_000; i++) {
            add.append(' ').append(i);
        }
        fixture.memoryOnly(add.toString());

        assertEquals("HOLD", fixture.outage("SPOP s"));
        String first = fixture.memoryOnly("SPOP s");
        assertEquals(":0", fixture.memoryOnly("SISMEMBER s " + first.split(" ")[1]));
        assertTrue(fixture.memoryOnly("SPOP s 1500").startsWith("*1500 "));
        assertEquals(":1499", fixture.memoryOnly("SCARD s"));
        assertTrue(fixture.memoryOnly("SPOP s 2000").startsWith("*1499 "));
        assertEquals("$-1", fixture.memoryOnly("SPOP s"));
        assertEquals("*0", fixture.memoryOnly("SPOP s 1"));
        assertEquals("-ERR value is out of range, must be positive", fixture.memoryOnly("SPOP s -1"));
    }

    @Test
    void typesAreToldApart() {
        fixture.memoryOnly("SADD s a");
        fixture.memoryOnly("RPUSH l a");
        fixture.memoryOnly("HSET h a 1");
        fixture.memoryOnly("SET str v");

        for (String command : new String[] {
            "GET s",
            "GET l",
            "HGET s a",
            "HSET l a 1",
            "SADD h a",
            "SADD l a",
            "SMEMBERS h",
            "SCARD str",
            "LLEN s",
            "LPUSH h a",
            "LPOP str",
            "LRANGE s 0 -1",
            "INCR l",
            "SET s v GET",
            "HINCRBY s a 1",
            "SREM l a"
        }) {
            assertEquals(WRONG_TYPE, fixture.memoryOnly(command), command);
        }
        assertEquals("*3 $-1 $-1 $1 v", fixture.memoryOnly("MGET s l str"));
        assertEquals("+OK", fixture.memoryOnly("SET l v"));
        assertEquals("$1 v", fixture.memoryOnly("GET l"));
    }

    @Test
    void emptySetOrListIsNoKey() {
        fixture.memoryOnly("SADD s a");
        fixture.memoryOnly("RPUSH l a b");

        assertEquals(":1", fixture.memoryOnly("SREM s a"));
        assertEquals("*2 $1 a $1 b", fixture.memoryOnly("LPOP l 5"));

        assertEquals(":0", fixture.memoryOnly("EXISTS s l"));
        assertEquals(0, fixture.store.stats().journalEntries());
        assertEquals(0, fixture.store.stats().journalBytes());
        assertEquals("*-1", fixture.memoryOnly("LPOP l 5"));
        assertEquals("$-1", fixture.memoryOnly("RPOP l"));
    }

    @Test
    void resp3GetsASet() {
        fixture.memoryOnly("SADD s a");
        ByteBuf out = Unpooled.buffer();

        fixture.store.execute(
                Mode.MEMORY_ONLY, 0, new byte[][] {"SMEMBERS".getBytes(StandardCharsets.US_ASCII), {'s'}}, 3, out);

        assertEquals("~1\r\n$1\r\na\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void fullJournalRefusesElementsAndChangesNothing() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(1_000, 10));
        small.memoryOnly("RPUSH l a");
        small.memoryOnly("SADD s a");
        String large = "x".repeat(1_000);

        assertTrue(small.memoryOnly("RPUSH l b " + large).startsWith("REFUSED -UNAVAILABLE"));
        assertTrue(small.memoryOnly("SADD s b " + large).startsWith("REFUSED -UNAVAILABLE"));

        assertEquals("*1 $1 a", small.memoryOnly("LRANGE l 0 -1"));
        assertEquals("*1 $1 a", small.memoryOnly("SMEMBERS s"));
    }

    @Test
    void largeOnesAreNotKnown() {
        StoreFixture small = new StoreFixture(
                new FallbackSettings.Builder().known(1 << 20, 100).build());
        small.seen("LRANGE l 0 -1", "*1\r\n$90\r\n" + "x".repeat(90));
        small.seen("SMEMBERS s", AB);
        small.seen("LRANGE tiny 0 -1", "*1\r\n$1\r\na");
        small.drained();

        assertEquals(":0", small.outage("LLEN l"));
        assertEquals(":0", small.outage("SCARD s"));
        assertEquals(":1", small.outage("LLEN tiny"));
    }

    @Test
    void transactionThatIsDroppedLeavesThemAsTheyWere() {
        fixture.memoryOnly("RPUSH l a");
        fixture.memoryOnly("SADD s a");

        assertEquals("HOLD", fixture.exec(Mode.MEMORY_ONLY, "RPUSH l b; LPOP l; SADD s b; SREM s a; LOLWUT"));
        assertEquals("*1 $1 a", fixture.memoryOnly("LRANGE l 0 -1"));
        assertEquals("*1 $1 a", fixture.memoryOnly("SMEMBERS s"));

        assertEquals("*4 :2 $1 a :1 :1", fixture.exec(Mode.MEMORY_ONLY, "RPUSH l b; LPOP l; SADD s b; SREM s a"));
        assertEquals("*1 $1 b", fixture.memoryOnly("LRANGE l 0 -1"));
        assertEquals("*1 $1 b", fixture.memoryOnly("SMEMBERS s"));
    }

    @Test
    void theyComeBackFromDiskAsTheyWere() {
        StoreFixture before = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        before.seen("LRANGE l 0 -1", AB);
        before.seen("SMEMBERS s", AB);
        before.seen("SISMEMBER part a", ":1");
        before.drained();
        before.store.restore(List.of());
        before.outage("RPUSH l c");
        before.outage("LPUSH l z");
        before.outage("SREM s a");
        before.outage("SADD part b");
        before.outage("DEL anew");
        before.outage("RPUSH anew x");

        StoreFixture after = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        after.clock.advance(before.clock.epochMillis() - after.clock.epochMillis());
        after.store.restore(before.store.takeChanges());

        assertEquals("*4 $1 z $1 a $1 b $1 c", after.outage("LRANGE l 0 -1"));
        assertEquals("*1 $1 b", after.outage("SMEMBERS s"));
        assertEquals("*2 :1 :1", after.outage("SMISMEMBER part a b"));
        assertEquals("HOLD", after.outage("SMEMBERS part"));
        assertEquals("*1 $1 x", after.outage("LRANGE anew 0 -1"));
        assertEquals(4, after.store.stats().journalEntries());
    }
}
