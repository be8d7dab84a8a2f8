package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemoryOnlyTest {
    private final StoreFixture fixture = new StoreFixture();

    @Test
    void missIsTruth() {
        assertEquals("$-1", fixture.memoryOnly("GET k"));
        assertEquals(":1", fixture.memoryOnly("SETNX k v"));
        assertEquals("$1 v", fixture.memoryOnly("GET k"));
    }

    @Test
    void expiryIsExactToTheMillisecond() {
        fixture.memoryOnly("SET k v PX 100");

        fixture.clock.advance(100);
        assertEquals("$1 v", fixture.memoryOnly("GET k"));
        assertEquals(":0", fixture.memoryOnly("PTTL k"));

        fixture.clock.advance(1);
        assertEquals("$-1", fixture.memoryOnly("GET k"));
        assertEquals(":0", fixture.memoryOnly("EXISTS k"));
        assertEquals(":-2", fixture.memoryOnly("PTTL k"));
    }

    @Test
    void expiredKeyIsNewAgain() {
        fixture.memoryOnly("SET k 41 PX 100");
        fixture.clock.advance(101);

        assertEquals(":1", fixture.memoryOnly("INCR k"));
        assertEquals(":-1", fixture.memoryOnly("TTL k"));
    }

    @Test
    void databasesAreApart() {
        fixture.run(Mode.MEMORY_ONLY, 0, "SET k zero");
        fixture.run(Mode.MEMORY_ONLY, 1, "SET k one");

        assertEquals("+OK", fixture.run(Mode.MEMORY_ONLY, 1, "FLUSHDB"));

        assertEquals("$4 zero", fixture.run(Mode.MEMORY_ONLY, 0, "GET k"));
        assertEquals(":0", fixture.run(Mode.MEMORY_ONLY, 1, "DBSIZE"));
    }

    @Test
    void nullIsThatOfTheProtocol() {
        ByteBuf out = Unpooled.buffer();

        fixture.store.execute(Mode.MEMORY_ONLY, 0, new byte[][] {{'G', 'E', 'T'}, {'k'}}, 3, out);

        assertEquals("_\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void whatTheStoreHasNoTypeForIsHeld() {
        assertEquals("HOLD", fixture.memoryOnly("ZADD z 1 a"));
    }

    @Test
    void errorsAreRedisOwn() {
        assertEquals("-ERR wrong number of arguments for 'get' command", fixture.memoryOnly("GET"));
        assertEquals("-ERR wrong number of arguments for 'mset' command", fixture.memoryOnly("MSET a 1 b"));
        assertEquals("-ERR syntax error", fixture.memoryOnly("SET k v NX XX"));
        assertEquals("-ERR syntax error", fixture.memoryOnly("SET k v EX"));
        assertEquals("-ERR value is not an integer or out of range", fixture.memoryOnly("SET k v EX ten"));
        assertEquals("-ERR invalid expire time in 'set' command", fixture.memoryOnly("SET k v EX 0"));
        assertEquals("-ERR invalid expire time in 'psetex' command", fixture.memoryOnly("PSETEX k -1 v"));
        assertEquals("-ERR Unsupported option SOON", fixture.memoryOnly("EXPIRE k 1 SOON"));
    }

    @Test
    void fullStoreRefusesAndChangesNothing() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(10_000, 2));
        small.memoryOnly("MSET a 1 b 2");

        assertTrue(small.memoryOnly("SET c 3").startsWith("REFUSED -UNAVAILABLE"));
        assertTrue(small.memoryOnly("MSET a 9 c 3").startsWith("REFUSED -UNAVAILABLE"));

        assertEquals("*2 $1 1 $-1", small.memoryOnly("MGET a c"));
        assertEquals("+OK", small.memoryOnly("SET a 9"), "what is there already may change");
        assertEquals(1 + 1, small.store.stats().refused());
    }

    @Test
    void bytesAreBoundedToo() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(2_000, 1000));

        assertTrue(small.memoryOnly("SET k " + "x".repeat(2_000)).startsWith("REFUSED"));
        assertTrue(small.memoryOnly("SETRANGE k 100000000 x").startsWith("REFUSED"));
        assertEquals("+OK", small.memoryOnly("SET k " + "x".repeat(1_000)));
        assertTrue(small.memoryOnly("APPEND k " + "x".repeat(1_000)).startsWith("REFUSED"));
        assertEquals(":1000", small.memoryOnly("STRLEN k"));
    }

    @Test
    void expiredKeysMakeRoom() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(10_000, 2));
        small.memoryOnly("SET a 1 PX 10");
        small.memoryOnly("SET b 2");
        small.clock.advance(11);

        assertEquals("+OK", small.memoryOnly("SET c 3"));
        assertEquals(":2", small.memoryOnly("DBSIZE"));
    }

    @Test
    void deletedKeysLeaveNothing() {
        fixture.memoryOnly("SET a 1");

        fixture.memoryOnly("DEL a b c");

        assertEquals(0, fixture.store.stats().journalEntries());
        assertEquals(0, fixture.store.stats().journalBytes());
    }

    @Test
    void floatsAreAddedAsALongDoubleDoes() {
        assertEquals("$3 0.1", fixture.memoryOnly("INCRBYFLOAT f 0.1"));
        assertEquals("$3 0.3", fixture.memoryOnly("INCRBYFLOAT f 0.2"));
        assertEquals("-ERR value is not a valid float", fixture.memoryOnly("INCRBYFLOAT f 1x"));
        assertEquals("-ERR increment would produce NaN or Infinity", fixture.memoryOnly("INCRBYFLOAT f inf"));
    }

    @Test
    void latestTimeIsRoundedAsRedisDoes() {
        StoreFixture fixture = new StoreFixture();
        fixture.memoryOnly("SET k v PXAT 9223372036854775807");

        assertEquals(":9223372036854775807", fixture.memoryOnly("PEXPIRETIME k"));
        assertEquals(":9223372036854776", fixture.memoryOnly("EXPIRETIME k"));
    }
}
