package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of a hash an outage has changed, and what Redis may hold in them for our changes to go there. Confined to the lane's event loop. */
final class HashChanges {
    /** What counts as unchanged in one field. */
    static final class Expected {
        private final List<byte[]> values = new ArrayList<>();
        private boolean absent;

        boolean absent() {
            return absent;
        }

        List<byte[]> values() {
            return values;
        }

        private Expected copy() {
            Expected copy = new Expected();
            copy.absent = absent;
            copy.values.addAll(values);
            return copy;
        }

        void accept(byte @Nullable [] value) {
            if (value == null) {
                absent = true;
            } else if (values.stream().noneMatch(each -> Arrays.equals(each, value))) {
                values.add(value);
            }
        }
    }

    private final Map<StoreKey, Expected> fields = new LinkedHashMap<>();
    private boolean replacesAll;
    private long bytes;

    /** Into this, which is new. */
    void copy(HashChanges other) {
        replacesAll = other.replacesAll;
        bytes = other.bytes;
        other.fields.forEach((field, expected) -> fields.put(field, expected.copy()));
    }

    Map<StoreKey, Expected> fields() {
        return fields;
    }

    /** The key was deleted or held something else before: what is there now is all of it. */
    boolean replacesAll() {
        return replacesAll;
    }

    void replaceAll() {
        replacesAll = true;
        fields.clear();
        bytes = 0;
    }

    void clear() {
        replacesAll = false;
        fields.clear();
        bytes = 0;
    }

    /** The field is being changed; the first time it is noted what it held upstream, or that nobody knows: then it should have been absent. */
    void note(StoreKey field, Seen seen) {
        if (fields.containsKey(field)) {
            return;
        }
        HashValue known = seen instanceof Seen.Hash hash ? hash.value() : null;
        expect(field, known == null ? null : known.get(field));
    }

    Expected expect(StoreKey field, byte @Nullable [] value) {
        Expected expected = fields.computeIfAbsent(field, ignored -> new Expected());
        expected.accept(value);
        bytes += HashValue.costBytes(field.bytes(), value == null ? 0 : value.length);
        return expected;
    }

    long costBytes() {
        return bytes;
    }
}
