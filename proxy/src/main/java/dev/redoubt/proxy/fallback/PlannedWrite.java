package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** A write that is meant, and how large what the key will hold is. Immutable. */
record PlannedWrite(StoreKey key, long contentBytes) {
    PlannedWrite(StoreKey key, byte @Nullable [] value) {
        this(key, value == null ? 0 : value.length);
    }
}
