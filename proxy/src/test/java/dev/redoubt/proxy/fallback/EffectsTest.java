package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known after a command and its reply have been recorded. Reads during the outage show it. */
class EffectsTest {
    private final StoreFixture fixture = new StoreFixture();

    @ParameterizedTest
    @CsvSource({
        "GET k, '$3\r\nnew'",
        "SET k new, +OK",
        "SET k new XX GET, '$3\r\nold'",
        "SET k other NX GET, '$3\r\nnew'",
        "SETEX k 10 new, +OK",
        "PSETEX k 10000 new, +OK",
        "MSET a 1 k new, +OK",
        "GETSET k new, '$3\r\nold'",
        "GETEX k, '$3\r\nnew'",
        "GETEX k EX 100, '$3\r\nnew'",
        "MGET a k, '*2\r\n$-1\r\n$3\r\nnew'",
        "SETNX k new, :1",
        "MSETNX k new, :1",
        "APPEND k new, :3",
    })
    void valueIsLearned(String command, String reply) {
        fixture.seen("SET k old", "+OK");

        fixture.seen(command, reply);
        fixture.drained();

        assertEquals("$3 new", fixture.outage("GET k"));
    }

    @ParameterizedTest
    @CsvSource({
        "INCR k, :42, $2 42",
        "DECRBY k 5, :-5, $2 -5",
        "INCRBYFLOAT k 0.5, '$3\r\n1.5', $3 1.5",
        "APPEND k 2, :2, $2 12",
        "EXPIRE k 100, :1, $1 1",
        "SET k 2 NX, $-1, $1 1",
        "SET k 2 XX, -OOM no, $1 1",
        "EXISTS k, :1, $1 1",
        "HGETALL k, -ERR no, $1 1",
    })
    void knownValueFollows(String command, String reply, String expected) {
        fixture.seen("SET k 1", "+OK");

        fixture.seen(command, reply);
        fixture.drained();

        assertEquals(expected, fixture.outage("GET k"));
    }

    @ParameterizedTest
    @CsvSource({
        "DEL k, :1",
        "UNLINK a k, :0",
        "GETDEL k, '$1\r\n1'",
        "GET k, $-1",
        "GET k, _",
        "EXISTS k, :0",
        "EXPIRE k -1, :1",
        "EXPIRE k 10, :0",
        "TTL k, :-2",
        "SET k v XX, $-1",
        "GETEX k EX 10, $-1",
    })
    void absenceIsLearned(String command, String reply) {
        fixture.seen("SET k 1", "+OK");

        fixture.seen(command, reply);
        fixture.drained();

        assertEquals("$-1", fixture.outage("GETDEL k"), "a key never seen would be held");
    }

    @ParameterizedTest
    @CsvSource({
        "APPEND k xx, :9",
        "SETRANGE k 1 x, :2",
        "HSET k f v, -WRONGTYPE no",
        "GET k, -WRONGTYPE it is a hash",
        "MGET k, '*1\r\n$-1'",
        "STRLEN k, :7",
        "MYSTERY x, +OK",
        "FLUSHDB, +OK",
        "FLUSHALL, +OK",
        "SWAPDB 0 1, +OK",
        "MOVE k 1, :1",
        "COPY a k, :1",
        "SET k v IFEQ 1, +OK",
    })
    void whatCannotBeReadIsForgotten(String command, String reply) {
        fixture.seen("SET k 1", "+OK");

        fixture.seen(command, reply);
        fixture.drained();

        assertEquals("HOLD", fixture.outage("GETDEL k"));
    }

    @ParameterizedTest
    @CsvSource({
        "SET k v EX 10, +OK, :10000",
        "SET k v PXAT 1700000005000, +OK, :5000",
        "SETEX k 10 v, +OK, :10000",
        "SET k v KEEPTTL, +OK, :7000",
        "SET k v, +OK, :-1",
        "INCR k, :1, :7000",
        "GETSET k v, '$1\r\n1', :-1",
        "GET k, '$1\r\n1', :7000",
        "GET k, '$1\r\n2', HOLD",
        "GETEX k PERSIST, '$1\r\n1', :-1",
        "GETEX k PX 400, '$1\r\n1', :400",
        "PEXPIRE k 300, :1, :300",
        "PEXPIRE k 300 GT, :0, :7000",
        "PERSIST k, :1, :-1",
        "PTTL k, :77, :77",
        "TTL k, :7, :7000",
        "TTL k, :9, :8500",
        "TTL k, :-1, :-1",
        "PEXPIRETIME k, :1700000000123, :123",
        "EXPIRETIME k, :1700000007, :7000",
    })
    void expiryFollows(String command, String reply, String expected) {
        fixture.seen("SET k 1 PX 7000", "+OK");

        fixture.seen(command, reply);
        fixture.drained();

        assertEquals(expected, fixture.outage("PTTL k"));
    }

    @Test
    void expiryOfAValueThatWasOnlyReadIsLearnedByPttl() {
        fixture.seen("GET k", "$1\r\n1");
        fixture.seen("PTTL k", ":500");
        fixture.drained();

        assertEquals(":500", fixture.outage("PTTL k"));
    }

    @Test
    void largeValueIsForgottenNotKept() {
        fixture.seen("SET k small", "+OK");
        fixture.seen("SET k " + "x".repeat((64 << 10) + 1), "+OK");
        fixture.drained();

        assertEquals("HOLD", fixture.outage("GETDEL k"));
    }

    @Test
    void keysOfTransactionsAndScriptsAreForgotten() {
        fixture.seen("MSET a 1 b 2", "+OK");
        fixture.invalidated("HSET a f v");
        fixture.drained();

        assertEquals("HOLD", fixture.outage("GETDEL a"));
        assertEquals("$1 2", fixture.outage("GETDEL b"));
    }

    @Test
    void unknownCommandForgetsItsDatabaseOnly() {
        fixture.seenIn(0, "SET k zero", "+OK");
        fixture.seenIn(1, "SET k one", "+OK");
        fixture.invalidated("MYSTERY x");
        fixture.drained();

        assertEquals("$-1", fixture.run(Mode.OUTAGE, 0, "GET k"));
        assertEquals("$3 one", fixture.run(Mode.OUTAGE, 1, "GET k"));
    }

    @Test
    void whatFollowsAFlushIsKnown() {
        fixture.seen("SET k old", "+OK");
        fixture.recorder.invalidateAll();
        fixture.seen("SET l new", "+OK");
        fixture.drained();

        assertEquals("*2 $-1 $3 new", fixture.outage("MGET k l"));
    }

    @Test
    void expiredValueIsAnAbsentKeyForWhatFollows() {
        fixture.seen("SET k 41 PX 10", "+OK");
        fixture.clock.advance(11);
        fixture.seen("INCR k", ":1");
        fixture.drained();

        assertEquals(":-1", fixture.outage("PTTL k"));
    }

    @ParameterizedTest
    @CsvSource({
        "SET k same EX 100, SET k same, :-1",
        "SET k same, SETEX k 100 same, :100",
        "SETEX k 10 same, SETEX k 100 same, :100",
        "DEL k, DEL k, :-2",
    })
    void theSameValueAgainHasItsNewExpiry(String before, String again, String ttl) {
        fixture.seen(before, before.startsWith("DEL") ? ":1" : "+OK");

        fixture.seen(again, again.startsWith("DEL") ? ":0" : "+OK");
        fixture.drained();

        assertEquals(ttl, fixture.outage("TTL k"));
    }
}
