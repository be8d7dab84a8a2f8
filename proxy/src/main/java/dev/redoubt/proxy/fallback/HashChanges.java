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
        private @Nullable Long increment;

        /** What was added, where that is all that was done to the field; else null. */
        @Nullable
        Long increment() {
            return increment;
        }

        boolean absent() {
            return absent;
        }

        List<byte[]> values() {
            return values;
        }

        private Expected copy() {
            Expected copy = new Expected();
            copy.absent = absent;
            copy.increment = increment;
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

    HashChanges copy() {
        HashChanges copy = new HashChanges();
        copy.replacesAll = replacesAll;
        copy.bytes = bytes;
        fields.forEach((field, expected) -> copy.fields.put(field, expected.copy()));
        return copy;
    }

    Map<StoreKey, Expected> fields() {
        return fields;
    }

    boolean isEmpty() {
        return !replacesAll && fields.isEmpty();
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

    /** A field is being changed; the first time it is noted what it held upstream, or that nobody knows: then it should have been absent. */
    void note(FieldChange change, Seen seen) {
        StoreKey field = change.field();
        Expected before = fields.get(field);
        if (before != null) {
            before.increment = FieldChange.sum(before.increment, change.increment());
            return;
        }
        HashValue known = seen instanceof Seen.Hash hash ? hash.value() : null;
        expect(field, known == null ? null : known.get(field)).increment = FieldChange.sum(0L, change.increment());
    }

    /** From disk. */
    void restoreIncrement(StoreKey field, long increment) {
        fields.computeIfAbsent(field, ignored -> new Expected()).increment = increment;
    }

    boolean hasIncrements() {
        return fields.values().stream().anyMatch(expected -> expected.increment != null);
    }

    /** So much of what was added to the field is at Redis, or is given up. */
    void settle(StoreKey field, long increment) {
        Expected expected = fields.get(field);
        Long added = expected == null ? null : expected.increment;
        if (expected != null && added != null && added == increment) {
            fields.remove(field);
        } else if (expected != null && added != null) {
            expected.increment = added - increment;
        }
    }

    /** All that was added is given up. */
    void dropIncrements() {
        fields.values().removeIf(expected -> expected.increment != null);
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
