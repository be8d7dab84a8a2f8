package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.LockPolicy;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.ReadPolicy;
import dev.redoubt.proxy.config.WritePolicy;
import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.journalfile.Change;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HINCRBY in an outage: whose numbers may be counted on, and what is kept of what was added. */
class HashCounterTest {
    private static final String HASH = "*4\r\n$1\r\nn\r\n$2\r\n41\r\n$1\r\nm\r\n$1\r\n7";

    private static StoreFixture counters(WritePolicy counters, OnMiss onMiss) {
        StoreFixture fixture = new StoreFixture(StoreFixture.rules(new FallbackRule(
                "*", ReadPolicy.STALE, onMiss, WritePolicy.JOURNAL, LockPolicy.LOCAL, counters, Duration.ofDays(1))));
        fixture.seen("HGETALL h", HASH);
        fixture.seen("HGET part n", "$1\r\n1");
        fixture.seen("DEL gone", ":1");
        return fixture.drained();
    }

    @Test
    void onlyFieldsOfOurOwnAreCountedWhereCountersWait() {
        StoreFixture fixture = counters(WritePolicy.HOLD, OnMiss.NIL);
        fixture.outage("HSET h n 1");
        fixture.outage("HSET gone a 1");

        assertEquals(":2", fixture.outage("HINCRBY h n 1"));
        assertEquals("HOLD", fixture.outage("HINCRBY h m 1"), "others may have given out 8");
        assertEquals("HOLD", fixture.outage("HSETNX h x 1"), "others may have set it");
        assertEquals("HOLD", fixture.outage("HINCRBYFLOAT h m 1.5"));
        assertEquals(":1", fixture.outage("HINCRBY gone n 1"), "there was no such key");
    }

    @Test
    void fieldNeverSeenCountsFromZeroWhereAMissIsNil() {
        assertEquals(":3", counters(WritePolicy.JOURNAL, OnMiss.NIL).outage("HINCRBY part m 3"));
        assertEquals("HOLD", counters(WritePolicy.JOURNAL, OnMiss.ERROR).outage("HINCRBY part m 3"));
        assertEquals(":4", counters(WritePolicy.JOURNAL, OnMiss.ERROR).outage("HINCRBY part n 3"));
    }

    @Test
    void localCountersAreNotForRedis() {
        StoreFixture fixture = counters(WritePolicy.LOCAL, OnMiss.NIL);

        assertEquals(":42", fixture.outage("HINCRBY h n 1"));

        assertTrue(fixture.store.isReconciled());
    }

    @Test
    void whatWasAddedComesBackFromDisk() {
        StoreFixture fixture = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        fixture.store.restore(List.of());
        fixture.outage("HINCRBY h n 5");
        fixture.outage("HSET h m x");

        JournalEntry entry = decoded(fixture.store.takeChanges().get(0));

        assertEquals(5L, entry.hashChanges().fields().get(field("n")).increment());
        assertNull(entry.hashChanges().fields().get(field("m")).increment());
    }

    @Test
    void additionThatWasOnItsWayAtACrashIsGivenUpAndTheRestIsKept() {
        StoreFixture fixture = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        fixture.store.restore(List.of());
        fixture.outage("HINCRBY h n 5");
        fixture.outage("HSET h m x");
        fixture.outage("HINCRBY part n 5");
        fixture.store.takeChanges();
        ByteBuf out = Unpooled.buffer();
        Reconciliation lost = fixture.store.reconcile(false);
        lost.next(out);
        lost.onReply(Unpooled.copiedBuffer("+OK\r\n", StandardCharsets.US_ASCII));
        lost.next(out); // sent, and the proxy dies

        StoreFixture after = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        after.store.restore(fixture.store.takeChanges());

        assertEquals(2, after.store.stats().conflicts());
        assertEquals(1, after.store.stats().journalEntries(), "m of h");
        assertEquals("$1 x", after.outage("HGET h m"));
    }

    /** Whether it arrived or not, what Redis holds of it is ours. */
    @Test
    void fieldInDoubtIsOurOwnUntilSomebodyElseWritesIt() {
        for (boolean dies : new boolean[] {false, true}) {
            StoreFixture fixture = counters(WritePolicy.JOURNAL, OnMiss.NIL);
            fixture.store.restore(List.of());
            fixture.outage("HINCRBY h n 5");
            fixture.outage("HSET h m x");
            loseReply(fixture, dies);
            if (dies) {
                fixture = restarted(fixture);
            }
            fixture.outage("HSET h n 7");

            HashPlan plan = planOf(fixture.store.takeChanges());
            assertEquals(1, fixture.store.stats().conflicts(), "the addition is given up");
            assertTrue(plan.allows(Map.of(field("n"), bytes("41"), field("m"), bytes("7"))), "it never arrived");
            assertTrue(plan.allows(Map.of(field("n"), bytes("46"), field("m"), bytes("x"))), "it did");
            assertFalse(plan.allows(Map.of(field("n"), bytes("47"), field("m"), bytes("x"))), "somebody else's");
        }
    }

    @Test
    void fieldInDoubtThatIsNotWrittenAgainIsNotSentAgain() {
        StoreFixture fixture = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        fixture.store.restore(List.of());
        fixture.outage("HINCRBY h n 5");
        fixture.outage("HSET h m x");
        loseReply(fixture, false);
        List<Change> changes = fixture.store.takeChanges();

        assertEquals(List.of(field("m")), names(planOf(changes)));
        StoreFixture after = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        after.store.restore(changes);
        assertEquals(":47", after.outage("HINCRBY h n 1"));
        HashPlan.Field again = planOf(after.store.takeChanges()).fields().get(0);
        assertEquals(field("n"), again.name());
        assertEquals(1L, again.increment(), "only what came after");
    }

    private static void loseReply(StoreFixture fixture, boolean dies) {
        ByteBuf out = Unpooled.buffer();
        Reconciliation lost = fixture.store.reconcile(false);
        lost.next(out);
        lost.onReply(Unpooled.copiedBuffer("+OK\r\n", StandardCharsets.US_ASCII));
        lost.next(out);
        if (!dies) {
            lost.onConnectionLost();
        }
    }

    private static StoreFixture restarted(StoreFixture before) {
        StoreFixture after = counters(WritePolicy.JOURNAL, OnMiss.NIL);
        after.store.restore(before.store.takeChanges());
        return after;
    }

    private static HashPlan planOf(List<Change> changes) {
        JournalEntry entry = decoded(changes.get(changes.size() - 1));
        HashValue hash = (HashValue) entry.compound();
        if (hash == null) {
            throw new AssertionError("no hash");
        }
        return HashPlan.of(entry, hash, Recovery.REPLAY_IF_UNCHANGED, false, false);
    }

    private static List<StoreKey> names(HashPlan plan) {
        return plan.fields().stream().map(HashPlan.Field::name).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void sumThatIsTooLargeToBeAddedAnywhereIsAState() {
        assertNull(FieldChange.sum(0L, FieldChange.LARGEST_INCREMENT + 1));
        assertNull(FieldChange.sum(FieldChange.LARGEST_INCREMENT, 1L));
        assertNull(FieldChange.sum(null, 1L));
        assertNull(FieldChange.sum(0L, Long.MIN_VALUE));
        assertEquals(3L, FieldChange.sum(1L, 2L));
    }

    /** As version 1 wrote a hash with one changed field. */
    @Test
    void journalOfTheVersionBeforeIsRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1); // version
        out.writeByte(1); // a value was written
        out.writeLong(Expiry.NONE);
        out.writeLong(1_000); // accepted
        out.writeLong(0); // no increment
        out.writeInt(-1); // no string
        out.writeByte(2); // a whole hash
        out.writeInt(1);
        writeText(out, "n");
        writeText(out, "42");
        out.writeBoolean(false); // does not replace all
        out.writeInt(1);
        writeText(out, "n");
        out.writeBoolean(true); // was absent
        out.writeInt(1);
        writeText(out, "41");
        out.writeByte(1); // seen absent
        out.writeInt(0); // nothing in doubt
        StoreFixture fixture = counters(WritePolicy.JOURNAL, OnMiss.NIL);

        fixture.store.restore(List.of(new Change(new byte[] {0, 0, 0, 0, 'k'}, bytes.toByteArray())));

        assertEquals("*2 $1 n $2 42", fixture.outage("HGETALL k"));
        bytes.reset();
        out.writeByte(99);
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture.store.restore(List.of(new Change(new byte[] {0, 0, 0, 0, 'k'}, bytes.toByteArray()))));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeBytes(text);
    }

    private static JournalEntry decoded(Change change) {
        byte[] state = change.state();
        if (state == null) {
            throw new AssertionError("it is gone");
        }
        return EntryCodec.decode(change, state);
    }

    private static StoreKey field(String name) {
        return HashValue.field(name.getBytes(StandardCharsets.US_ASCII));
    }
}
