package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.journalfile.Change;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Journal entries as bytes and back, for the journal on disk. The first byte is the version of what follows. Stateless. */
final class EntryCodec {
    /** The version that is written. */
    static final int CURRENT = 4;

    /** Knew hashes only, and no increments of their fields; 2 knew these. */
    private static final int OLDEST_VERSION = 1;

    private static final int VERSION_WITH_LISTS = 3;

    private static final int VALUE_WRITTEN = 1;
    private static final int BEFORE_UPSTREAM = 2;
    private static final int LOCK = 4;
    private static final int MAY_REPLACE_SEEN = 8;
    private static final int EXPIRY_CHANGED = 16;
    private static final int INCREMENT = 32;
    private static final int INCREMENT_SENT = 64;
    private static final int NO_BYTES = -1;
    private static final int NO_COMPOUND = 0;
    private static final int PART_OF_HASH = 1;
    private static final int PART_OF_SET = 3;
    private static final int LIST = 5;

    private EntryCodec() {}

    /** @param entry null: the journal has none for this key any more */
    static Change encode(StoreKey key, @Nullable JournalEntry entry) {
        return new Change(keyBytes(key), entry == null ? null : state(entry));
    }

    private static byte[] keyBytes(StoreKey key) {
        return written(out -> {
            out.writeInt(key.db());
            out.write(key.bytes());
        });
    }

    private static byte[] state(JournalEntry entry) {
        Long increment = entry.increment();
        return written(out -> {
            out.writeByte(CURRENT);
            out.writeByte(flags(entry));
            out.writeLong(entry.expiryMillis());
            out.writeLong(entry.acceptedAtMillis());
            out.writeLong(increment == null ? 0 : increment);
            writeBytes(out, entry.value());
            writeCompound(out, entry.compound());
            HashChangesCodec.write(out, entry.hashChanges());
            writePushes(out, entry.listPushes());
            writeSeen(out, entry.seen());
            out.writeInt(entry.inDoubt().size());
            for (Seen sent : entry.inDoubt()) {
                writeSeen(out, sent);
            }
        });
    }

    private static int flags(JournalEntry entry) {
        return (entry.isValueWritten() ? VALUE_WRITTEN : 0)
                | (entry.isBeforeUpstream() ? BEFORE_UPSTREAM : 0)
                | (entry.isLock() ? LOCK : 0)
                | (entry.mayReplaceSeen() ? MAY_REPLACE_SEEN : 0)
                | (entry.isExpiryChanged() ? EXPIRY_CHANGED : 0)
                | (entry.increment() != null ? INCREMENT : 0)
                | (entry.isIncrementSent() ? INCREMENT_SENT : 0);
    }

    private static void writeSeen(DataOutputStream out, Seen seen) throws IOException {
        if (seen instanceof Seen.Value value) {
            out.writeByte(2);
            out.writeLong(value.expiryMillis());
            writeBytes(out, value.bytes());
        } else if (seen instanceof Seen.Hash hash) {
            out.writeByte(3);
            out.writeLong(hash.expiryMillis());
            writeCompound(out, hash.value());
        } else {
            out.writeByte(seen == Seen.ABSENT ? 1 : 0);
        }
    }

    private static void writePushes(DataOutputStream out, ListPushes pushes) throws IOException {
        out.writeBoolean(pushes.replacesAll());
        out.writeInt(pushes.left());
        out.writeInt(pushes.right());
    }

    /** A byte for what it is: none, a part or the whole of a hash, the same of a set, a list; then its fields, or elements. */
    private static void writeCompound(DataOutputStream out, @Nullable Compound compound) throws IOException {
        if (compound instanceof HashValue hash) {
            int first = hash.type() == HashValue.Type.HASH ? PART_OF_HASH : PART_OF_SET;
            out.writeByte(hash.isWhole() ? first + 1 : first);
            out.writeInt(hash.known().size());
            for (Map.Entry<StoreKey, byte @Nullable []> field : hash.known().entrySet()) {
                writeBytes(out, field.getKey().bytes());
                writeBytes(out, field.getValue());
            }
        } else if (compound instanceof ListValue list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (int i = 0; i < list.size(); i++) {
                writeBytes(out, list.get(i));
            }
        } else {
            out.writeByte(NO_COMPOUND);
        }
    }

    static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NO_BYTES : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            writing.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if it is of another version: its checksum was right, so it is not damage */
    static JournalEntry decode(Change change, byte[] state) {
        try {
            return decode(keyOf(change.key()), new DataInputStream(new ByteArrayInputStream(state)));
        } catch (IOException e) {
            throw new IllegalArgumentException("a journal entry that ends too early", e);
        }
    }

    private static StoreKey keyOf(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int db = in.readInt();
        return new StoreKey(db, in.readAllBytes());
    }

    private static JournalEntry decode(StoreKey key, DataInputStream in) throws IOException {
        int version = in.readByte();
        if (version < OLDEST_VERSION || version > CURRENT) {
            throw new IllegalArgumentException(
                    "the journal was written by another version of Redoubt (" + version + ")");
        }
        int flags = in.readUnsignedByte();
        long expiry = in.readLong();
        long acceptedAt = in.readLong();
        long increment = in.readLong();
        byte[] value = readBytes(in);
        Compound compound = readCompound(in);
        HashChangesCodec.Read changes = HashChangesCodec.read(in, version);
        ListPushes pushes = version >= VERSION_WITH_LISTS ? readPushes(in) : ListPushes.NONE;
        Seen seen = readSeen(in);
        List<Seen> inDoubt = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            inDoubt.add(readSeen(in));
        }
        JournalEntry entry = new JournalEntry(key, seen);
        entry.restore(
                new EntryState(
                        value,
                        expiry,
                        (flags & VALUE_WRITTEN) != 0,
                        false,
                        (flags & BEFORE_UPSTREAM) != 0,
                        (flags & LOCK) != 0,
                        (flags & INCREMENT) != 0 ? increment : null,
                        compound,
                        List.of(),
                        pushes),
                new EntryState.Past(
                        (flags & MAY_REPLACE_SEEN) != 0,
                        (flags & EXPIRY_CHANGED) != 0,
                        (flags & INCREMENT_SENT) != 0,
                        acceptedAt,
                        inDoubt));
        if (compound instanceof HashValue) {
            changes.restoreTo(entry.ownHashChanges());
        }
        return entry;
    }

    private static Seen readSeen(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 1 -> Seen.ABSENT;
            case 2 -> readValue(in);
            case 3 -> readHashSeen(in);
            default -> Seen.UNKNOWN;
        };
    }

    private static Seen readValue(DataInputStream in) throws IOException {
        long expiry = in.readLong();
        byte[] bytes = readBytes(in);
        return new Seen.Value(bytes == null ? new byte[0] : bytes, expiry);
    }

    private static Seen readHashSeen(DataInputStream in) throws IOException {
        long expiry = in.readLong();
        return readCompound(in) instanceof HashValue hash ? new Seen.Hash(hash, expiry) : Seen.UNKNOWN;
    }

    private static ListPushes readPushes(DataInputStream in) throws IOException {
        boolean replacesAll = in.readBoolean();
        return new ListPushes(in.readInt(), in.readInt(), replacesAll);
    }

    private static @Nullable Compound readCompound(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NO_COMPOUND -> null;
            case LIST -> readList(in);
            default -> readFields(in, kind);
        };
    }

    private static ListValue readList(DataInputStream in) throws IOException {
        ListValue list = new ListValue();
        for (int left = in.readInt(); left > 0; left--) {
            list.push(ListValue.End.RIGHT, requireBytes(in));
        }
        return list;
    }

    private static HashValue readFields(DataInputStream in, int kind) throws IOException {
        HashValue.Type type = kind < PART_OF_SET ? HashValue.Type.HASH : HashValue.Type.SET;
        boolean isPart = kind == PART_OF_HASH || kind == PART_OF_SET;
        HashValue hash = isPart ? HashValue.partial(type) : HashValue.whole(type);
        for (int left = in.readInt(); left > 0; left--) {
            StoreKey field = HashValue.field(requireBytes(in));
            byte[] value = readBytes(in);
            if (value == null) {
                hash.remove(field);
            } else {
                hash.put(field, value);
            }
        }
        return hash;
    }

    static byte[] requireBytes(DataInputStream in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? new byte[0] : bytes;
    }

    static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NO_BYTES ? null : fully(in, length);
    }

    private static byte[] fully(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
