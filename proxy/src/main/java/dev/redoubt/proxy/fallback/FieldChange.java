package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/**
 * What one write did to one field of a hash.
 *
 * @param increment what was added to it; null if it was set or removed
 */
record FieldChange(StoreKey field, @Nullable Long increment) {
    /** The largest sum, either way, that goes out as an increment: added to any number of 18 digits it does not overflow. */
    static final long LARGEST_INCREMENT = 1_000_000_000_000_000_000L;

    static FieldChange of(StoreKey field) {
        return new FieldChange(field, null);
    }

    /** What both have added; null if that is none. */
    static @Nullable Long sum(@Nullable Long before, @Nullable Long added) {
        return before == null || added == null || !fits(added) || !fits(before + added)
                ? null
                : Long.valueOf(before + added);
    }

    private static boolean fits(long increment) {
        return increment >= -LARGEST_INCREMENT && increment <= LARGEST_INCREMENT;
    }
}
