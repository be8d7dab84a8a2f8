package dev.redoubt.proxy.backlog;

import java.util.function.Predicate;

/** Entries that are used again and again, by the number of their place; grows when more are needed at once. Confined to the lane. */
final class EntryRing {
    private static final int FIRST = 64;
    private static final int KEPT = 16 * 1024;

    private Entry[] entries = Entry.ring(FIRST);

    Entry at(long index) {
        return entries[(int) index & (entries.length - 1)];
    }

    /** A place of which nothing is used yet; those from the oldest on stay. */
    Entry slot(long index, long oldest) {
        if (index - oldest >= entries.length) {
            grow(oldest);
        }
        return at(index);
    }

    private void grow(long oldest) {
        Entry[] larger = new Entry[entries.length * 2];
        for (int i = 0; i < larger.length; i++) {
            long index = oldest + i;
            larger[(int) index & (larger.length - 1)] = i < entries.length ? at(index) : new Entry();
        }
        entries = larger;
    }

    /** None is in use: a long outage's ring is given back when it is over. */
    void giveBack() {
        if (entries.length > KEPT) {
            entries = Entry.ring(FIRST);
        }
    }

    /** Puts those that the test takes before the others; both keep their order. */
    void bringForward(long from, long to, Predicate<Entry> test) {
        Entry[] others = new Entry[(int) (to - from)];
        int count = 0;
        long next = from;
        for (long i = from; i != to; i++) {
            Entry entry = at(i);
            if (!entry.isFinished() && test.test(entry)) {
                put(next++, entry);
            } else {
                others[count++] = entry;
            }
        }
        for (int i = 0; i < count; i++) {
            put(next++, others[i]);
        }
    }

    private void put(long index, Entry entry) {
        entries[(int) index & (entries.length - 1)] = entry;
    }
}
