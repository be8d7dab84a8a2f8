package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.journalfile.Change;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A value is put into the array of the one before where nobody else has that, and nowhere else. */
class OverwriteTest {
    private static final long SEED = Long.getLong("redoubt.seed", System.nanoTime());

    private final StoreFixture fixture = new StoreFixture();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private JournalEntry newest() {
        List<Change> changes = fixture.store.takeChanges();
        Change change = changes.get(changes.size() - 1);
        byte[] state = change.state();
        assertTrue(state != null);
        return EntryCodec.decode(change, state);
    }

    @Test
    void arrayOfTheSameLengthStays() {
        Journal journal = new Journal(1 << 20, 100);
        StoreKey key = new StoreKey(0, bytes("k"));
        journal.accept(key, null, Seen.UNKNOWN, EntryState.overwriting(bytes("one"), Expiry.NONE, false), 0);
        JournalEntry entry = journal.find(key);
        assertTrue(entry != null);
        byte[] array = entry.value();

        journal.accept(key, entry, Seen.UNKNOWN, EntryState.overwriting(bytes("two"), Expiry.NONE, false), 0);

        assertSame(array, entry.value());
        assertEquals("two", new String(entry.value(), StandardCharsets.US_ASCII));
        entry.lendValue();
        journal.accept(key, entry, Seen.UNKNOWN, EntryState.overwriting(bytes("six"), Expiry.NONE, false), 0);
        assertEquals("two", new String(array, StandardCharsets.US_ASCII), "it may be what Redis holds");
        assertEquals("six", new String(entry.value(), StandardCharsets.US_ASCII));
    }

    @Test
    void whatWasSeenStaysWhatItWas() {
        fixture.store.restore(List.of());
        fixture.seen("SET k old", "+OK");
        fixture.drained();
        fixture.outage("EXPIRE k 100"); // the value is the one that was seen
        fixture.outage("SET k new");
        fixture.outage("SET k neu");

        JournalEntry entry = newest();
        assertTrue(entry.seen().holds(bytes("old")));
        assertEquals("neu", new String(entry.value(), StandardCharsets.US_ASCII));
    }

    @Test
    void whatIsInDoubtStaysWhatWasSent() {
        fixture.store.restore(List.of());
        fixture.outage("SET k one");
        fixture.outage("SET k two");
        ByteBuf out = Unpooled.buffer();
        Reconciliation lost = fixture.store.reconcile(false);
        lost.next(out);
        lost.onReply(Unpooled.copiedBuffer("+OK\r\n", StandardCharsets.US_ASCII));
        lost.next(out);
        fixture.outage("SET k six");
        lost.onConnectionLost();
        fixture.outage("SET k ten");

        JournalEntry entry = newest();
        assertEquals(1, entry.inDoubt().size());
        assertTrue(entry.inDoubt().get(0).holds(bytes("two")));
        assertEquals("ten", new String(entry.value(), StandardCharsets.US_ASCII));
    }

    @Test
    void replyWithTheOldValueIsTheOldValue() {
        fixture.memoryOnly("SET k one");
        assertEquals("$3 one", fixture.memoryOnly("SET k two GET"));
        fixture.memoryOnly("SET k six");
        assertEquals("$3 six", fixture.memoryOnly("GETSET k ten"));
        assertEquals("*3 +OK $3 one $3 two", fixture.exec(Mode.MEMORY_ONLY, "SET k one; SET k two GET; GETDEL k"));
    }

    @Test
    void transactionThatIsDroppedLeavesTheValueAsItWas() {
        fixture.outage("SET k one");
        fixture.outage("SET k two");

        assertEquals("HOLD", fixture.exec(Mode.OUTAGE, "SET k six; SET k ten; EXPIRE k 9; SET k sum; LPOP q"));
        assertEquals("$3 two", fixture.outage("GET k"));
    }

    /** Against a map of texts, so that an array that is shared by two keys, or by two moments, would be found. */
    @Test
    void randomWritesReadBack() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(8);
            String value = Integer.toString(random.nextInt(2_000));
            switch (random.nextInt(6)) {
                case 0 -> fixture.memoryOnly("MSET " + key + " " + value + " " + key + "x " + value);
                case 1 -> fixture.exec(Mode.MEMORY_ONLY, "SET " + key + " 0000; SET " + key + " " + value);
                case 2 -> fixture.memoryOnly("SET " + key + " " + value + " KEEPTTL");
                case 3 -> fixture.memoryOnly("SET " + key + " " + value + " EX 1000");
                case 4 -> {
                    fixture.memoryOnly("SET " + key + " " + value);
                    fixture.memoryOnly("INCR " + key);
                    value = Integer.toString(Integer.parseInt(value) + 1);
                }
                default -> fixture.memoryOnly("SET " + key + " " + value);
            }
            expected.put(key, value);
            String looked = "k" + random.nextInt(8);
            String there = expected.get(looked);
            assertEquals(
                    there == null ? "$-1" : "$" + there.length() + " " + there,
                    fixture.memoryOnly("GET " + looked),
                    "seed " + SEED);
        }
    }
}
