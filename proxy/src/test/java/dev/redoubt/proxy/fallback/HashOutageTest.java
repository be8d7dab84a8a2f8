package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.OnMiss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes: what the recorder learns of them, what is answered from a part, and what is written. */
class HashOutageTest {
    private static final String ALL = "*4\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\n2";

    private final StoreFixture fixture = new StoreFixture();

    private static StoreFixture onMiss(OnMiss onMiss) {
        return new StoreFixture(StoreFixture.settings(onMiss, null, "*"));
    }

    @Test
    void wholeHashIsAnswered() {
        fixture.seen("HGETALL h", ALL);
        fixture.drained();

        assertEquals("*4 $1 a $1 1 $1 b $1 2", fixture.outage("HGETALL h"));
        assertEquals("$1 2", fixture.outage("HGET h b"));
        assertEquals("$-1", fixture.outage("HGET h c"));
        assertEquals(":2", fixture.outage("HLEN h"));
        assertEquals("*2 $1 a $1 b", fixture.outage("HKEYS h"));
        assertEquals("*3 $1 1 $-1 $1 2", fixture.outage("HMGET h a c b"));
        assertEquals("+hash", fixture.outage("TYPE h"));
        assertEquals(":1", fixture.outage("EXISTS h"));
    }

    @Test
    void mapOfResp3IsReadAsWell() {
        fixture.seen("HGETALL h", "%1\r\n$1\r\na\r\n$1\r\n1");
        fixture.drained();

        assertEquals("*2 $1 a $1 1", fixture.outage("HGETALL h"));
    }

    @Test
    void resp3GetsAMap() {
        fixture.memoryOnly("HSET h a 1");
        ByteBuf out = Unpooled.buffer();

        fixture.store.execute(
                Mode.MEMORY_ONLY, 0, new byte[][] {"HGETALL".getBytes(StandardCharsets.US_ASCII), {'h'}}, 3, out);

        assertEquals("%1\r\n$1\r\na\r\n$1\r\n1\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void partAnswersItsFieldsAndNoMore() {
        StoreFixture hold = onMiss(OnMiss.HOLD);
        hold.seen("HGET h a", "$1\r\n1");
        hold.seen("HGET h gone", "$-1");
        hold.drained();

        assertEquals("$1 1", hold.outage("HGET h a"));
        assertEquals("$-1", hold.outage("HGET h gone"));
        assertEquals("HOLD", hold.outage("HGET h b"));
        assertEquals("HOLD", hold.outage("HMGET h a b"));
        for (String command : new String[] {"HGETALL h", "HLEN h", "HKEYS h", "HVALS h", "HSET h b 1", "HDEL h b"}) {
            assertEquals("HOLD", hold.outage(command), command);
        }
        assertEquals(":0", hold.outage("HSET h a 2"));
        assertEquals("$1 2", hold.outage("HGET h a"));
    }

    @Test
    void missOfAFieldIsWhatAMissIs() {
        StoreFixture error = onMiss(OnMiss.ERROR);
        error.seen("HGET h a", "$1\r\n1");
        error.drained();
        fixture.seen("HGET h a", "$1\r\n1");
        fixture.drained();

        assertTrue(error.outage("HGET h b").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("$-1", fixture.outage("HGET h b"));
        assertEquals("HOLD", fixture.outage("HGETALL h"), "it is known to be more than nothing");
    }

    @Test
    void writesAreSeenByTheRecorder() {
        fixture.seen("DEL h", ":1");
        fixture.seen("HSET h a 1 b 2", ":2");
        fixture.seen("HDEL h a", ":1");
        fixture.seen("HSETNX h c 3", ":1");
        fixture.seen("HINCRBY h b 5", ":7");
        fixture.drained();

        assertEquals("*4 $1 b $1 7 $1 c $1 3", fixture.outage("HGETALL h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET h|-WRONGTYPE x", "HLEN h|:9", "HEXISTS h c|:1", "SET h v|+OK", "DEL h|:1", "LPUSH h x|:1"})
    void whatContradictsItIsNotServedOn(String seen) {
        fixture.seen("HGETALL h", ALL);
        String[] parts = seen.split("\\|");
        fixture.seen(parts[0], parts[1]);
        fixture.drained();

        assertTrue(!fixture.outage("HGETALL h").contains("$1 a"), seen);
    }

    @Test
    void largeHashIsNotKept() {
        StoreFixture small = new StoreFixture(
                new FallbackSettings.Builder().known(1 << 20, 200).build());
        small.seen("HGETALL h", ALL);
        small.seen("HGETALL tiny", "*2\r\n$1\r\na\r\n$1\r\n1");
        small.seen("HSET tiny b 2 c 3", ":2");
        small.drained();

        assertEquals("*0", small.outage("HGETALL h"));
        assertEquals("$-1", small.outage("HGET tiny a"), "it grew too large");
    }

    @Test
    void wrongTypesAreRedisOwn() {
        fixture.memoryOnly("HSET h a 1");
        fixture.memoryOnly("SET s v");
        String wrong = "-WRONGTYPE Operation against a key holding the wrong kind of value";

        for (String command : new String[] {"GET h", "INCR h", "APPEND h x", "STRLEN h", "GETDEL h", "SET h v GET"}) {
            assertEquals(wrong, fixture.memoryOnly(command), command);
        }
        for (String command : new String[] {"HGET s a", "HSET s a 1", "HDEL s a", "HLEN s", "HINCRBY s a 1"}) {
            assertEquals(wrong, fixture.memoryOnly(command), command);
        }
        assertEquals("*2 $-1 $1 v", fixture.memoryOnly("MGET h s"));
        assertEquals("$-1", fixture.memoryOnly("SET h v NX"));
        assertEquals("+OK", fixture.memoryOnly("SET h v"));
        assertEquals("$1 v", fixture.memoryOnly("GET h"));
    }

    @Test
    void hashWithoutFieldsIsNoKey() {
        fixture.memoryOnly("HSET h a 1");

        assertEquals(":1", fixture.memoryOnly("HDEL h a b"));

        assertEquals(":0", fixture.memoryOnly("EXISTS h"));
        assertEquals(0, fixture.store.stats().journalEntries());
        assertEquals(0, fixture.store.stats().journalBytes());
    }

    @Test
    void expiryStaysWithTheHash() {
        fixture.memoryOnly("HSET h a 1");
        assertEquals(":1", fixture.memoryOnly("PEXPIRE h 1000"));
        fixture.memoryOnly("HSET h b 2");

        assertEquals(":1000", fixture.memoryOnly("PTTL h"));
        fixture.clock.advance(1001);
        assertEquals("*0", fixture.memoryOnly("HGETALL h"));
        assertEquals(":1", fixture.memoryOnly("HSET h c 3"));
        assertEquals("*2 $1 c $1 3", fixture.memoryOnly("HGETALL h"));
        assertEquals(":-1", fixture.memoryOnly("PTTL h"));
    }

    @Test
    void knownHashIsNotChangedByWhatIsWritten() {
        fixture.seen("HGETALL h", ALL);
        fixture.drained();

        fixture.outage("HSET h a mine");
        fixture.outage("HDEL h b");
        assertEquals("*2 $1 a $4 mine", fixture.outage("HGETALL h"));
        fixture.store.distrust(0, new byte[] {'x'});

        assertEquals(1, fixture.store.stats().journalEntries());
    }

    @Test
    void bytesOfHashesAreCountedAndGivenBack() {
        for (int i = 0; i < 100; i++) {
            fixture.memoryOnly("HSET h f" + i % 7 + " " + "x".repeat(i));
            fixture.memoryOnly("HDEL h f" + i % 3);
        }
        fixture.memoryOnly("DEL h");

        assertEquals(0, fixture.store.stats().journalBytes());
    }

    @Test
    void fullJournalRefusesFieldsAndChangesNothing() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(1_000, 10));
        small.memoryOnly("HSET h a 1");

        assertTrue(small.memoryOnly("HSET h a 2 b " + "x".repeat(1_000)).startsWith("REFUSED -UNAVAILABLE"));

        assertEquals("*2 $1 a $1 1", small.memoryOnly("HGETALL h"));
    }

    @Test
    void entriesComeBackFromDiskAsTheyWere() {
        fixture.seen("HGETALL h", ALL);
        fixture.drained();
        fixture.store.restore(List.of());
        fixture.outage("HSET h a mine n new");
        fixture.outage("HDEL h b");
        fixture.outage("SET s v EX 100");
        fixture.outage("SET lock me NX PX 5000");
        fixture.outage("DEL gone");
        fixture.outage("HMSET other x 1");

        StoreFixture after = new StoreFixture();
        after.clock.advance(fixture.clock.epochMillis() - after.clock.epochMillis());
        after.store.restore(fixture.store.takeChanges());

        assertEquals("*4 $1 a $4 mine $1 n $3 new", after.outage("HGETALL h"));
        assertEquals("$1 v", after.outage("GET s"));
        assertEquals(":100", after.outage("TTL s"));
        assertEquals("$-1", after.outage("SET lock you NX PX 5000"));
        assertEquals("*2 $1 x $1 1", after.outage("HGETALL other"));
        assertEquals(fixture.store.stats().journalBytes(), after.store.stats().journalBytes());
        assertEquals(5, after.store.stats().journalEntries());
    }
}
