package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which fields of a hash an outage has changed, and what Redis may hold in them for our changes to go there. Confined to the lane's event loop. */
final class HashChanges {
    /** What counts as unchanged in one field. */
    static final class Expected {
        private final List<byte[]> values = new ArrayList<>();
        private boolean absent;
        private @Nullable Long increment;
        private boolean settled;

        /** What was added, where that is all that was done to the field; else null. */
        @Nullable
        Long increment() {
            return increment;
        }

        /** What was added is at Redis, or is given up: there is nothing to be said of the field until it is written again. */
        boolean settled() {
            return settled;
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
            copy.settled = settled;
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

    /** Whether this outage has written to the field. */
    boolean knows(StoreKey field) {
        return fields.containsKey(field);
    }

    /** Whether Redis is to hear of the field. */
    boolean isDue(StoreKey field) {
        Expected expected = fields.get(field);
        return expected != null && !expected.settled;
    }

    /** What Redis is to hear of, in order. */
    void forEachDue(BiConsumer<StoreKey, Expected> visitor) {
        fields.forEach((field, expected) -> {
            if (!expected.settled) {
                visitor.accept(field, expected);
            }
        });
    }

    boolean isEmpty() {
        return !replacesAll && fields.values().stream().allMatch(Expected::settled);
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
            before.increment = FieldChange.sum(before.settled ? Long.valueOf(0) : before.increment, change.increment());
            before.settled = false;
            return;
        }
        HashValue known = seen instanceof Seen.Hash hash ? hash.value() : null;
        expect(field, known == null ? null : known.get(field)).increment = FieldChange.sum(0L, change.increment());
    }

    /** From disk. @param increment null: none */
    void restore(StoreKey field, @Nullable Long increment, boolean isSettled) {
        Expected expected = fields.computeIfAbsent(field, ignored -> new Expected());
        expected.increment = increment;
        expected.settled = isSettled;
    }

    /**
     * So much of what was added to the field is at Redis, or is given up. Either way the sum is one of ours, should Redis hold that.
     *
     * @param sum what the field held here with it
     */
    void settle(StoreKey field, long increment, byte @Nullable [] sum) {
        Expected expected = fields.get(field);
        if (expected == null) {
            return;
        }
        expect(field, sum);
        Long added = expected.increment;
        if (added != null && added == increment) {
            expected.increment = null;
            expected.settled = true;
        } else if (added != null) {
            expected.increment = added - increment;
        }
    }

    /** All that was added is given up. */
    void dropIncrements(HashValue hash) {
        List.copyOf(fields.entrySet()).forEach(each -> {
            Long increment = each.getValue().increment;
            if (increment != null) {
                settle(each.getKey(), increment, hash.get(each.getKey()));
            }
        });
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
