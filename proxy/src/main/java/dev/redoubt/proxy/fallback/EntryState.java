package dev.redoubt.proxy.fallback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write makes of a key. Immutable as long as nobody writes to what it holds.
 *
 * @param value null: the key is deleted
 * @param writesValue false: only the expiry changes
 * @param overwrites a string whose array is the journal's alone from now on, in place of whatever was there, at which nobody looks any more
 * @param lock see {@link JournalEntry#isLock}
 * @param increment what was added to get there; null if it is no counter's difference
 * @param compound instead of the value
 * @param changedFields of a hash or a set, by this write
 * @param pushes to a list, by this write
 */
record EntryState(
        byte @Nullable [] value,
        long expiryMillis,
        boolean writesValue,
        boolean overwrites,
        boolean beforeUpstream,
        boolean lock,
        @Nullable Long increment,
        @Nullable Compound compound,
        List<FieldChange> changedFields,
        ListPushes pushes) {
    EntryState(
            byte @Nullable [] value,
            long expiryMillis,
            boolean writesValue,
            boolean beforeUpstream,
            boolean lock,
            @Nullable Long increment) {
        this(
                value,
                expiryMillis,
                writesValue,
                false,
                beforeUpstream,
                lock,
                increment,
                null,
                List.of(),
                ListPushes.NONE);
    }

    /** See {@link #overwrites}. */
    static EntryState overwriting(byte[] value, long expiryMillis, boolean beforeUpstream) {
        return new EntryState(
                value, expiryMillis, true, true, beforeUpstream, false, null, null, List.of(), ListPushes.NONE);
    }

    static EntryState of(
            Compound compound,
            long expiryMillis,
            boolean writesValue,
            boolean beforeUpstream,
            List<FieldChange> changedFields,
            ListPushes pushes) {
        return new EntryState(
                null, expiryMillis, writesValue, false, beforeUpstream, false, null, compound, changedFields, pushes);
    }

    /** What {@link JournalEntry#restore} cannot see from the state. */
    record Past(
            boolean mayReplaceSeen,
            boolean expiryChanged,
            boolean incrementSent,
            long acceptedAtMillis,
            List<Seen> inDoubt) {}
}
