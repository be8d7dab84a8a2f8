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
            @Nullable Long increment) {}

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
        }
    }

    /** @param hasIncrements false: of a version that knew none */
    static Read read(DataInputStream in, boolean hasIncrements) throws IOException {
        boolean replacesAll = in.readBoolean();
        List<Expected> fields = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            StoreKey field = HashValue.field(EntryCodec.requireBytes(in));
            boolean absent = in.readBoolean();
            List<byte[]> values = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                values.add(EntryCodec.requireBytes(in));
            }
            fields.add(new Expected(field, absent, values, hasIncrements ? readIncrement(in) : null));
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
                Long increment = each.increment();
                if (increment != null) {
                    changes.restoreIncrement(each.field(), increment);
                }
            }
        }
    }
}
