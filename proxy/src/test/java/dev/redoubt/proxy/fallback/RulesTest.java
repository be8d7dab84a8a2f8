package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each word of a rule does, in an outage. */
class RulesTest {
    private static StoreFixture with(String rules) {
        return with("cache", rules);
    }

    private static StoreFixture with(String profile, String rules) {
        Settings settings = Settings.of(Map.of("admin", "off", "fallback.profile", profile, "fallback.rules", rules));
        StoreFixture fixture = new StoreFixture(new FallbackSettings.Builder()
                .rules(settings.fallback().rules())
                .build());
        fixture.seen("MSET a:k seen b:k seen n:k 5", "+OK");
        return fixture.drained();
    }

    private static boolean isJournaled(StoreFixture fixture, String key) {
        return fixture.store.isJournaled(0, key.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void firstRuleThatMatchesDecides() {
        StoreFixture fixture = with("a:k read=error, a:* read=hold");

        assertTrue(fixture.outage("GET a:k").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("HOLD", fixture.outage("GET a:other"));
        assertEquals("$4 seen", fixture.outage("GET b:k"));
    }

    @Test
    void whatARuleLeavesOutIsAsTheProfileSays() {
        StoreFixture fixture = with("session", "a:* write=reject");

        assertEquals("$4 seen", fixture.outage("GET a:k"));
        assertTrue(fixture.outage("GET a:never").startsWith("REFUSED -UNAVAILABLE"));
        assertTrue(fixture.outage("SET a:k v").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("+OK", fixture.outage("SET b:k v"));
    }

    @Test
    void strictHoldsWhatNoRuleAllows() {
        StoreFixture fixture = with("strict", "a:* read=stale");

        assertEquals("$4 seen", fixture.outage("GET a:k"));
        assertEquals("HOLD", fixture.outage("GET a:never"));
        assertEquals("HOLD", fixture.outage("SET a:k v"));
        assertEquals("HOLD", fixture.outage("GET b:k"));
        assertEquals("HOLD", fixture.outage("SET b:k v NX EX 10"));
    }

    @Test
    void missForgetsWhatWasSeenButNotWhatIsWritten() {
        StoreFixture fixture = with("a:* read=miss");

        assertEquals("$-1", fixture.outage("GET a:k"));
        assertEquals("HOLD", fixture.outage("SET a:k mine XX"));
        fixture.outage("SET a:k mine");
        assertEquals("$4 mine", fixture.outage("GET a:k"));
    }

    @Test
    void onMissIsAskedForEachKey() {
        StoreFixture fixture = with("a:* on-miss=hold, b:* on-miss=error");

        assertEquals("HOLD", fixture.outage("GET a:never"));
        assertTrue(fixture.outage("GET b:never").startsWith("REFUSED"));
        assertEquals("$-1", fixture.outage("GET c:never"));
    }

    @Test
    void valueTooOldForItsRuleIsAMiss() {
        StoreFixture fixture = with("a:* max-stale=60s on-miss=hold");

        fixture.clock.advance(60_000);
        assertEquals("$4 seen", fixture.outage("GET a:k"));
        fixture.clock.advance(1);
        assertEquals("HOLD", fixture.outage("GET a:k"));
        assertEquals("$4 seen", fixture.outage("GET b:k"));
        assertEquals(60_001, fixture.store.stats().oldestGivenMillis());
    }

    @Test
    void heldOrRejectedWritesChangeNothing() {
        StoreFixture fixture = with("a:* write=hold, b:* write=reject");

        for (String command : new String[] {"SET %s v", "DEL %s", "EXPIRE %s 10", "GETDEL %s", "MSET c:k 1 %s v"}) {
            assertEquals("HOLD", fixture.outage(command.formatted("a:k")), command);
            assertTrue(fixture.outage(command.formatted("b:k")).startsWith("REFUSED -UNAVAILABLE"), command);
        }
        assertEquals(0, fixture.store.stats().journalEntries());
        assertEquals("$4 seen", fixture.outage("GET a:k"));
    }

    @Test
    void localWriteIsReadAndRedisNeverHearsOfIt() {
        StoreFixture fixture = with("a:* write=local");

        fixture.outage("SET a:k mine");
        fixture.outage("EXPIRE a:k 10");

        assertEquals("$4 mine", fixture.outage("GET a:k"));
        assertEquals(":10", fixture.outage("TTL a:k"));
        assertTrue(fixture.store.isReconciled());
        fixture.reconcileNothing();
        assertEquals("$-1", fixture.outage("GET a:k"), "gone with the outage, as is what was seen");
        assertEquals(0, fixture.store.stats().journalBytes());
    }

    @Test
    void countersWaitUnlessARuleSaysOtherwise() {
        StoreFixture fixture = with("a:* counters=reject, n:* counters=journal, l:* counters=local");

        assertEquals("HOLD", fixture.outage("INCR b:k"));
        assertTrue(fixture.outage("INCR a:k").startsWith("REFUSED"));
        assertEquals(":6", fixture.outage("INCR n:k"));
        assertEquals(":16", fixture.outage("INCRBY n:k 10"));
        assertEquals(":1", fixture.outage("INCR l:never"));
        assertTrue(isJournaled(fixture, "n:k"));
        assertEquals(1, fixture.store.stats().journalEntries() - 1, "the local one counts for the limits");
        assertEquals(":7", fixture.outage("APPEND n:k 12345"));
    }

    @Test
    void counterThatMemoryCannotBaseOnAnythingWaits() {
        StoreFixture fixture = with("a:* counters=journal on-miss=hold");

        assertEquals("HOLD", fixture.outage("INCR a:never"));
    }

    @Test
    void counterOnAStateOfOurOwnIsCounted() {
        StoreFixture fixture = with("x:* read=hold");

        fixture.outage("SET c 5 EX 60");

        assertEquals(":6", fixture.outage("INCR c"));
        assertEquals(":60", fixture.outage("TTL c"));
    }

    @Test
    void oneClientGetsTheLock() {
        StoreFixture fixture = with("x:* read=hold");
        fixture.seen("SET lock:taken theirs NX EX 300", "+OK");
        fixture.drained();

        assertEquals("+OK", fixture.outage("SET lock:free a EX 300 NX"));
        assertEquals("$-1", fixture.outage("SET lock:free b EX 300 NX"));
        assertEquals("$-1", fixture.outage("SET lock:taken b NX PX 1000"));
        fixture.clock.advance(300_001);
        assertEquals("+OK", fixture.outage("SET lock:free b EX 300 NX"));
        assertEquals("+OK", fixture.outage("SET lock:taken b NX PX 1000"));
        assertEquals(new FallbackStats.Locks(3, 2, 0, 0), fixture.store.stats().locks());
    }

    @Test
    void locksHaveAPolicyOfTheirOwn() {
        StoreFixture fixture = with("a:* locks=fail-open, b:* locks=reject, c:* locks=hold write=journal");

        assertEquals("+OK", fixture.outage("SET a:k x NX EX 10"));
        assertEquals("+OK", fixture.outage("SET a:k y NX EX 10"));
        assertEquals("$4 seen", fixture.outage("GET a:k"));
        assertTrue(fixture.outage("SET b:k x NX EX 10").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("HOLD", fixture.outage("SET c:k x NX EX 10"));
        assertEquals("+OK", fixture.outage("SET c:k x EX 10"));
        assertEquals(new FallbackStats.Locks(0, 0, 2, 0), fixture.store.stats().locks());
        assertFalse(isJournaled(fixture, "a:k"));
    }

    @Test
    void tooOldAJournalTakesNoMore() {
        StoreFixture fixture = new StoreFixture(new FallbackSettings.Builder()
                .journal(1 << 20, 100, Duration.ofSeconds(60))
                .build());
        fixture.outage("SET k v");

        fixture.clock.advance(60_000);
        assertEquals("+OK", fixture.outage("SET other v"));
        fixture.clock.advance(1);
        assertTrue(fixture.outage("SET third v").startsWith("REFUSED -UNAVAILABLE"));
        assertEquals("$1 v", fixture.outage("GET k"));
    }

    @Test
    void rulesAreForOutages() {
        assertEquals("+OK", with("a:* write=hold").memoryOnly("SET a:k v"));
    }
}
