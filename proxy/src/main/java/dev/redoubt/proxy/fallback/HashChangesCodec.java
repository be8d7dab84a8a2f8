package dev.redoubt.proxy.fallback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link HashChanges} as bytes and back. Stateless. */
final class HashChangesCodec {
    private record Expected(StoreKey field, boolean absent, List<byte[]> values) {}

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
        }
    }

    static Read read(DataInputStream in) throws IOException {
        boolean replacesAll = in.readBoolean();
        List<Expected> fields = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            StoreKey field = HashValue.field(EntryCodec.requireBytes(in));
            boolean absent = in.readBoolean();
            List<byte[]> values = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                values.add(EntryCodec.requireBytes(in));
            }
            fields.add(new Expected(field, absent, values));
        }
        return new Read(replacesAll, fields);
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
            }
        }
    }
}
