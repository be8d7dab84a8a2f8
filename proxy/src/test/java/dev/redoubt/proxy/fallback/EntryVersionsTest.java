package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.journalfile.Change;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journal entries that earlier versions have left on disk, byte by byte as these wrote them. */
class EntryVersionsTest {
    private static final byte[] KEY = {0, 0, 0, 3, 'k'};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** @param compound the byte that says what it holds that is no string */
    private void head(int version, int flags, long expiryMillis, int compound) throws IOException {
        out.writeByte(version);
        out.writeByte(flags);
        out.writeLong(expiryMillis);
        out.writeLong(1_000); // accepted
        out.writeLong(0); // no increment
        out.writeInt(-1); // no string
        out.writeByte(compound);
    }

    private void text(String text) throws IOException {
        out.writeInt(text.length());
        out.writeBytes(text);
    }

    /** A field that was seen to hold 41, to which 5 was added, and one that was absent and set. */
    private void twoChangedFields() throws IOException {
        out.writeBoolean(false); // does not replace all
        out.writeInt(2);
        text("n");
        out.writeBoolean(false);
        out.writeInt(1);
        text("41");
        out.writeBoolean(true); // an increment
        out.writeLong(5);
        text("new");
        out.writeBoolean(true);
        out.writeInt(0);
        out.writeBoolean(false);
        out.writeLong(0);
    }

    private void foot() throws IOException {
        out.writeByte(1); // seen absent
        out.writeInt(1); // in doubt
        out.writeByte(2);
        out.writeLong(Expiry.NONE);
        text("sent");
    }

    private JournalEntry read() {
        return EntryCodec.decode(new Change(KEY, bytes.toByteArray()), bytes.toByteArray());
    }

    private void writeVersion2() throws IOException {
        head(2, 1 | 16, 5_000, 2); // written, with an expiry; a whole hash
        out.writeInt(2);
        text("n");
        text("46");
        text("new");
        text("x");
        twoChangedFields();
        foot();
    }

    @Test
    void hashOfVersion2IsReadWithWhatWasAddedToIt() throws IOException {
        writeVersion2();

        JournalEntry entry = read();

        assertEquals(new StoreKey(3, new byte[] {'k'}), entry.key());
        assertTrue(entry.isValueWritten() && entry.isExpiryChanged() && !entry.isIncrementSent());
        assertEquals(5_000, entry.expiryMillis());
        assertEquals(1_000, entry.acceptedAtMillis());
        HashChanges.Expected added = entry.hashChanges().fields().get(field("n"));
        HashChanges.Expected set = entry.hashChanges().fields().get(field("new"));
        assertEquals(5L, added.increment());
        assertArrayEquals(
                "41".getBytes(StandardCharsets.US_ASCII), added.values().get(0));
        assertNull(set.increment());
        assertTrue(set.absent() && set.values().isEmpty());
        assertFalse(added.settled() || set.settled(), "not known to that version");
        assertEquals(ListPushes.NONE, entry.listPushes());
        assertEquals(Seen.ABSENT, entry.seen());
        assertTrue(entry.inDoubt().get(0).holds("sent".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void memoryGoesOnWithIt() throws IOException {
        writeVersion2();
        StoreFixture fixture = new StoreFixture();
        fixture.clock.advance(2_000 - fixture.clock.epochMillis());

        fixture.store.restore(List.of(new Change(KEY, bytes.toByteArray())));

        assertEquals("*4 $1 n $2 46 $3 new $1 x", fixture.run(Mode.OUTAGE, 3, "HGETALL k"));
        assertEquals(":1", fixture.run(Mode.OUTAGE, 3, "HSET k more 1"));
        assertEquals(EntryCodec.CURRENT, fixture.store.takeChanges().get(0).state()[0], "written anew as of now");
    }

    @Test
    void listOfVersion3IsReadWithItsPushes() throws IOException {
        head(3, 1, Expiry.NONE, 5);
        out.writeInt(3);
        text("l");
        text("seen");
        text("r");
        out.writeBoolean(false); // no fields
        out.writeInt(0);
        out.writeBoolean(false); // does not replace all
        out.writeInt(1);
        out.writeInt(1);
        foot();

        JournalEntry entry = read();

        assertEquals(new ListPushes(1, 1, false), entry.listPushes());
        assertEquals("list", entry.typeName());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, EntryCodec.CURRENT + 1, 99})
    void versionThatNobodyKnowsIsRefusedByName(int version) throws IOException {
        writeVersion2();
        byte[] state = bytes.toByteArray();
        state[0] = (byte) version;

        String refusal = assertThrows(
                        IllegalArgumentException.class, () -> EntryCodec.decode(new Change(KEY, state), state))
                .getMessage();

        assertEquals("the journal was written by another version of Redoubt (" + version + ")", refusal);
    }

    @Test
    void entryThatEndsTooEarlyIsRefusedAtEveryByte() throws IOException {
        writeVersion2();
        byte[] whole = bytes.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> EntryCodec.decode(new Change(KEY, part), part),
                    "at " + length);
        }
    }

    private static StoreKey field(String name) {
        return HashValue.field(name.getBytes(StandardCharsets.US_ASCII));
    }
}
