package dev.redoubt.proxy.fallback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link HashChanges} as bytes and back. Stateless. */
final class HashChangesCodec {
    private record Expected(
            StoreKey field,
            boolean absent,
            List<byte[]> values,
            @Nullable Long increment,
            boolean settled) {}

    private HashChangesCodec() {}

    static void write(DataOutputStream out, HashChanges changes) throws IOException {
        out.writeBoolean(changes.replacesAll());
        out.writeInt(changes.fields().size());
        for (Map.Entry<StoreKey, HashChanges.Expected> each : changes.fields().entrySet()) {
            EntryCodec.writeBytes(out, each.getKey().bytes());
            out.writeBoolean(each.getValue().absent());
            out.writeInt(each.getValue().values().size());
            for (byte[] value : each.getValue().values()) {
                EntryCodec.writeBytes(out, value);
            }
            Long increment = each.getValue().increment();
            out.writeBoolean(increment != null);
            out.writeLong(increment == null ? 0 : increment);
            out.writeBoolean(each.getValue().settled());
        }
    }

    /** @param version of the entry: 1 knew no increments, and none before 4 that are settled */
    static Read read(DataInputStream in, int version) throws IOException {
        boolean replacesAll = in.readBoolean();
        List<Expected> fields = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            StoreKey field = HashValue.field(EntryCodec.requireBytes(in));
            boolean absent = in.readBoolean();
            List<byte[]> values = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                values.add(EntryCodec.requireBytes(in));
            }
            Long increment = version >= 2 ? readIncrement(in) : null;
            boolean settled = version >= 4 && in.readBoolean();
            fields.add(new Expected(field, absent, values, increment, settled));
        }
        return new Read(replacesAll, fields);
    }

    private static @Nullable Long readIncrement(DataInputStream in) throws IOException {
        boolean isOne = in.readBoolean();
        long increment = in.readLong();
        return isOne ? increment : null;
    }

    /** What was read. */
    record Read(boolean replacesAll, List<Expected> fields) {
        void restoreTo(HashChanges changes) {
            if (replacesAll) {
                changes.replaceAll();
            }
            for (Expected each : fields) {
                if (each.absent()) {
                    changes.expect(each.field(), null);
                }
                each.values().forEach(value -> changes.expect(each.field(), value));
                changes.restore(each.field(), each.increment(), each.settled());
            }
        }
    }
}
