package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** What the journal holds, as a transaction sees it: not to be changed in place before all of it is known to be done. */
record Lent(JournalEntry entry) implements Held {
    @Override
    public byte @Nullable [] value() {
        return entry.value();
    }

    @Override
    public @Nullable Compound compound() {
        return entry.compound();
    }

    @Override
    public long expiryMillis() {
        return entry.expiryMillis();
    }
}
