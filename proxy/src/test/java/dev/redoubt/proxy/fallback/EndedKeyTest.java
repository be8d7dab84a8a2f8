package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import dev.redoubt.proxy.journalfile.Change;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to a key that ended by its own time in the outage, as it does at Redis, is its first change: nothing that others wrote meanwhile is replaced by it. */
class EndedKeyTest {
    private static final String AB = "*2\r\n$1\r\na\r\n$1\r\nb";

    private final StoreFixture fixture = counting(WritePolicy.JOURNAL);

    private static StoreFixture counting(WritePolicy counters) {
        StoreFixture fixture = new StoreFixture(StoreFixture.rules(new FallbackRule(
                "*",
                ReadPolicy.STALE,
                OnMiss.NIL,
                WritePolicy.JOURNAL,
                LockPolicy.LOCAL,
                counters,
                Duration.ofDays(1))));
        fixture.store.restore(List.of());
        fixture.seen("LRANGE l 0 -1", AB);
        fixture.seen("PTTL l", ":1000");
        fixture.seen("SMEMBERS s", AB);
        fixture.seen("PTTL s", ":1000");
        fixture.seen("HGETALL h", "*4\r\n$1\r\nn\r\n$1\r\n5\r\n$1\r\nm\r\n$1\r\n5");
        fixture.seen("PTTL h", ":1000");
        fixture.seen("SET n 5 PX 1000", "+OK");
        return fixture.drained();
    }

    private JournalEntry entryOf(String key) {
        JournalEntry found = null;
        for (Change change : fixture.store.takeChanges()) {
            byte[] state = change.state();
            if (state != null && new String(change.key(), 4, change.key().length - 4).equals(key)) {
                found = EntryCodec.decode(change, state);
            }
        }
        assertTrue(found != null, key);
        return found;
    }

    @Test
    void pushIsAPush() {
        assertEquals(":3", fixture.outage("RPUSH l c"));
        fixture.clock.advance(1_001);
        assertEquals(":1", fixture.outage("RPUSH l d"));
        assertEquals(":2", fixture.outage("LPUSH l e"));

        JournalEntry entry = entryOf("l");
        assertEquals(new ListPushes(1, 1, false), entry.listPushes());
        assertFalse(entry.isExpiryChanged(), "whoever made it anew keeps his own");
    }

    @Test
    void memberIsAddedAndAFieldIsSet() {
        fixture.outage("SADD s c");
        fixture.outage("HSET h n 6 o 1");
        fixture.clock.advance(1_001);
        assertEquals(":1", fixture.outage("SADD s d"));
        assertEquals(":1", fixture.outage("HSET h m 7"));

        JournalEntry set = entryOf("s");
        assertFalse(set.hashChanges().replacesAll());
        assertEquals(1, set.hashChanges().fields().size(), "c ended with the set");
        fixture.outage("HSET h m 8");
        JournalEntry hash = entryOf("h");
        assertFalse(hash.hashChanges().replacesAll());
        assertSame(Seen.ABSENT, hash.seen());
        assertEquals(1, hash.hashChanges().fields().size(), "n and o ended with the hash");
        assertTrue(hash.hashChanges().fields().values().iterator().next().absent());
    }

    @Test
    void evenWhereItsValueWasGivenBackMeanwhile() {
        StoreFixture small = new StoreFixture(new FallbackSettings.Builder()
                .rules(new FallbackRule(
                        "*",
                        ReadPolicy.STALE,
                        OnMiss.NIL,
                        WritePolicy.JOURNAL,
                        LockPolicy.LOCAL,
                        WritePolicy.JOURNAL,
                        Duration.ofDays(1)))
                .journal(2_000, 100, null)
                .build());
        small.store.restore(List.of());
        small.seen("LRANGE l 0 -1", AB);
        small.seen("PTTL l", ":1000");
        small.drained();
        small.outage("RPUSH l " + "x".repeat(1_000));
        small.clock.advance(1_001);
        assertEquals("+OK", small.outage("SET other " + "x".repeat(1_200)), "there is room for it now");

        assertEquals(":1", small.outage("RPUSH l d"));

        Change change = small.store.takeChanges().get(1);
        byte[] state = change.state();
        assertTrue(state != null);
        assertEquals(
                new ListPushes(0, 1, false), EntryCodec.decode(change, state).listPushes());
    }

    @Test
    void numberIsAddedTo() {
        assertEquals(":6", fixture.outage("INCR n"));
        fixture.clock.advance(1_001);
        assertEquals(":1", fixture.outage("INCR n"));
        assertEquals(":3", fixture.outage("INCRBY n 2"));

        assertEquals(3L, entryOf("n").increment());
    }

    @Test
    void itIsNobodysOwnWhereCountersWait() {
        StoreFixture waiting = counting(WritePolicy.HOLD);
        waiting.outage("SADD s c");
        waiting.outage("HSET h n 6");
        waiting.clock.advance(1_001);

        assertEquals("HOLD", waiting.outage("RPUSH s c"), "others may have made a list of it");
        assertEquals("HOLD", waiting.outage("HINCRBY h n 1"));
    }

    @Test
    void timeThatWasSetHereLeavesOurOwn() {
        fixture.outage("PEXPIRE l 500");
        fixture.outage("DEL s");
        fixture.outage("SADD s x");
        fixture.outage("PEXPIRE s 500");
        fixture.clock.advance(501);
        fixture.outage("RPUSH l d");
        fixture.outage("SADD s y");

        List<Change> changes = fixture.store.takeChanges();
        assertTrue(decoded(changes.get(0)).listPushes().replacesAll());
        assertTrue(decoded(changes.get(1)).hashChanges().replacesAll());
    }

    private static JournalEntry decoded(Change change) {
        byte[] state = change.state();
        assertTrue(state != null);
        return EntryCodec.decode(change, state);
    }
}
