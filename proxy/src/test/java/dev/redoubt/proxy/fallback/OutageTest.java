package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.OnMiss;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    private final StoreFixture fixture = new StoreFixture();

    @Test
    void readsGetWhatWasSeen() {
        fixture.seen("SET k v", "+OK");
        fixture.drained();

        assertEquals("$1 v", fixture.outage("GET k"));
        assertEquals(":-1", fixture.outage("TTL k"));
    }

    @Test
    void ownWritesAreRead() {
        fixture.seen("SET k old", "+OK");
        fixture.drained();

        fixture.outage("SET k new");

        assertEquals("$3 new", fixture.outage("GET k"));
        assertTrue(fixture.store.isJournaled(0, new byte[] {'k'}));
    }

    @Test
    void missIsWhatTheSettingSays() {
        StoreFixture nil = new StoreFixture(StoreFixture.settings(OnMiss.NIL, null, "*"));
        StoreFixture hold = new StoreFixture(StoreFixture.settings(OnMiss.HOLD, null, "*"));
        StoreFixture error = new StoreFixture(StoreFixture.settings(OnMiss.ERROR, null, "*"));

        assertEquals("$-1", nil.outage("GET k"));
        assertEquals("HOLD", hold.outage("GET k"));
        assertTrue(error.outage("GET k").startsWith("REFUSED -UNAVAILABLE"));
    }

    @Test
    void heldMgetSaysNothingOfItsFirstKeys() {
        StoreFixture hold = new StoreFixture(StoreFixture.settings(OnMiss.HOLD, null, "*"));
        hold.seen("SET k v", "+OK");
        hold.drained();

        assertEquals("HOLD", hold.outage("MGET k never"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET k v NX",
                "SET k v XX",
                "SET k v GET",
                "SET k v KEEPTTL",
                "GETDEL k",
                "GETEX k EX 10",
                "EXPIRE k 10",
                "PERSIST k",
                "INCR k",
                "APPEND k x",
                "SETNX k v",
                "GETSET k v",
                "MSETNX k v",
                "DBSIZE",
                "KEYS *",
                "FLUSHALL",
            })
    void whatDependsOnAKeyNeverSeenIsHeld(String command) {
        assertEquals("HOLD", fixture.outage(command));
        assertEquals(0, fixture.store.stats().journalEntries());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INCR k", "APPEND k x", "SETNX k v"})
    void accumulatingIsHeldEvenIfTheKeyIsKnown(String command) {
        fixture.seen("SET k 1", "+OK");
        fixture.drained();

        assertEquals("HOLD", fixture.outage(command));
    }

    @Test
    void knownAbsenceAnswersConditions() {
        fixture.seen("GET lock", "$-1");
        fixture.drained();

        assertEquals("+OK", fixture.outage("SET lock mine NX EX 10"));
        assertEquals("$-1", fixture.outage("SET lock other NX EX 10"));
    }

    @Test
    void optionThatANewerServerMayKnowIsHeld() {
        assertEquals("HOLD", fixture.outage("SET k v IFEQ x"));
    }

    @Test
    void knownValueEndsAtItsOwnExpiry() {
        fixture.seen("SET k v PX 1000", "+OK");
        fixture.drained();

        fixture.clock.advance(1000);
        assertEquals("$1 v", fixture.outage("GET k"));
        fixture.clock.advance(1);
        assertEquals("$-1", fixture.outage("GET k"));
    }

    @Test
    void expiryThatWasNeverSeenIsNotGuessed() {
        fixture.seen("GET k", "$1\r\nv");
        fixture.drained();

        assertEquals("$1 v", fixture.outage("GET k"));
        assertEquals("HOLD", fixture.outage("TTL k"));
        assertEquals("HOLD", fixture.outage("PERSIST k"));
        assertEquals("HOLD", fixture.outage("EXPIRE k 10 GT"));
        assertEquals(":1", fixture.outage("EXPIRE k 10"));
        assertEquals(":10", fixture.outage("TTL k"));
    }

    @Test
    void staleValueIsAMiss() {
        StoreFixture strict = new StoreFixture(StoreFixture.settings(OnMiss.HOLD, Duration.ofSeconds(60), "*"));
        strict.seen("SET k v", "+OK");
        strict.drained();

        strict.clock.advance(60_000);
        assertEquals("$1 v", strict.outage("GET k"));
        strict.clock.advance(1);
        assertEquals("HOLD", strict.outage("GET k"));
    }

    @Test
    void seeingAValueAgainMakesItFresh() {
        StoreFixture strict = new StoreFixture(StoreFixture.settings(OnMiss.HOLD, Duration.ofSeconds(60), "*"));
        strict.seen("SET k v", "+OK");
        strict.clock.advance(50_000);
        strict.seen("GET k", "$1\r\nv");
        strict.drained();

        strict.clock.advance(50_000);

        assertEquals("$1 v", strict.outage("GET k"));
    }

    @Test
    void keysOutsideThePatternsWait() {
        StoreFixture some = new StoreFixture(StoreFixture.settings(OnMiss.NIL, null, "cache:*"));
        some.seen("SET cache:1 v", "+OK");
        some.seen("SET lock:1 v", "+OK");
        some.drained();

        assertEquals("$1 v", some.outage("GET cache:1"));
        assertEquals("HOLD", some.outage("GET lock:1"));
        assertEquals("HOLD", some.outage("SET lock:1 w"));
        assertEquals("HOLD", some.outage("MSET cache:1 w lock:1 w"));
        assertEquals("$1 v", some.outage("GET cache:1"));
        assertEquals("+OK", some.memoryOnly("SET lock:1 w"), "patterns are for outages");
    }

    @Test
    void deleteOfAnUnknownKeyIsRemembered() {
        assertEquals(":0", fixture.outage("DEL k"));
        assertTrue(fixture.store.isJournaled(0, new byte[] {'k'}));
        assertEquals("$-1", fixture.outage("SET k v XX"));
    }

    @Test
    void deleteCountsKeysOnce() {
        fixture.seen("MSET a 1 b 2", "+OK");
        fixture.drained();

        assertEquals(":2", fixture.outage("DEL a a b c"));
    }

    @Test
    void fullJournalRefusesDeletesToo() {
        StoreFixture small = new StoreFixture(StoreFixture.journal(10_000, 1));
        small.outage("SET a 1");

        assertTrue(small.outage("DEL b").startsWith("REFUSED -UNAVAILABLE"));
        assertFalse(small.store.isJournaled(0, new byte[] {'b'}));
    }

    @Test
    void writesAreRefusedOnceTheOldestHasWaitedTooLong() {
        StoreFixture impatient = new StoreFixture(new FallbackSettings.Builder()
                .journal(10_000, 10, Duration.ofMinutes(1))
                .build());
        impatient.outage("SET a 1");
        impatient.clock.advance(60_000);
        assertEquals("+OK", impatient.outage("SET b 2"));

        impatient.clock.advance(1);

        assertTrue(impatient.outage("SET c 3").startsWith("REFUSED -UNAVAILABLE"));
        assertTrue(impatient.outage("DEL a").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("$1 1", impatient.outage("GET a"));
        assertEquals(2, impatient.store.stats().journalEntries());
    }

    @Test
    void distrustedKeyIsNotServed() {
        fixture.seen("SET k v", "+OK");
        fixture.drained();

        fixture.store.distrust(0, new byte[] {'k'});

        assertEquals("$-1", fixture.outage("GET k"));
        assertEquals("HOLD", fixture.outage("GETDEL k"));
    }

    @Test
    void disabledFallbackHoldsEverything() {
        StoreFixture off =
                new StoreFixture(new FallbackSettings.Builder().disabled().build());
        off.seen("SET k v", "+OK");
        off.drained();

        assertEquals("HOLD", off.outage("GET k"));
        assertEquals("HOLD", off.memoryOnly("SET k v"));
    }

    @Test
    void pingInTheMiddleOfAPipelineIsAnsweredToo() {
        assertEquals("+PONG", fixture.outage("PING"));
        assertEquals("$2 hi", fixture.outage("PING hi"));
        assertEquals("$2 hi", fixture.outage("ECHO hi"));
        assertEquals("-ERR wrong number of arguments for 'ping' command", fixture.outage("PING a b"));
    }
}
