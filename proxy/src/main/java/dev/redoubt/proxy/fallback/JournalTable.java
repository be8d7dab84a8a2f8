package dev.redoubt.proxy.fallback;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Journal entries by key, and in the order of their acceptance. Confined to the lane's event loop.
 *
 * <p>It stands where a LinkedHashMap would do, as the hottest structure of an outage: there each write unlinked a node, made another one and linked it, which stores references into old objects anywhere in the
 * heap. G1 looks at each such place once more, on a thread of its own: that was a fifth of the CPU time that a SET cost, and a third of the lane's own Java was the first look-up (docs/benchmarks.md). Here entries are
 * the nodes of their buckets, and the order is an array of places: what is written again leaves a hole, and goes behind the last one. Holes go when there is no room behind.
 */
final class JournalTable implements Iterable<JournalEntry> {
    private static final int FEWEST_BUCKETS = 16;

    private @Nullable JournalEntry[] buckets = new JournalEntry[FEWEST_BUCKETS];
    /** Twice the buckets: holes are closed once in as many changes as there are entries, or fewer. */
    private @Nullable JournalEntry[] order = new JournalEntry[2 * FEWEST_BUCKETS];
    /** No entry stands before this place. */
    private int first;

    private int end;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    JournalEntry find(StoreKey key) {
        int hash = key.hashCode();
        JournalEntry entry = buckets[bucketOf(hash)];
        while (entry != null && !(entry.keyHash == hash && entry.key().equals(key))) {
            entry = entry.nextInBucket;
        }
        return entry;
    }

    private int bucketOf(int hash) {
        return (hash ^ hash >>> 16) & buckets.length - 1;
    }

    /** Behind all others. Its key must not be there. */
    void add(JournalEntry entry) {
        if (size == buckets.length) {
            grow();
        }
        int bucket = bucketOf(entry.keyHash);
        entry.nextInBucket = buckets[bucket];
        buckets[bucket] = entry;
        size++;
        append(entry);
    }

    /** Behind all others. */
    void moveToEnd(JournalEntry entry) {
        if (entry.place != end - 1) {
            order[entry.place] = null;
            append(entry);
        }
    }

    void remove(JournalEntry entry) {
        order[entry.place] = null;
        entry.place = JournalEntry.NOWHERE;
        int bucket = bucketOf(entry.keyHash);
        JournalEntry before = null;
        for (JournalEntry each = buckets[bucket]; each != entry && each != null; each = each.nextInBucket) {
            before = each;
        }
        if (before == null) {
            buckets[bucket] = entry.nextInBucket;
        } else {
            before.nextInBucket = entry.nextInBucket;
        }
        entry.nextInBucket = null;
        size--;
    }

    /** Shows each one to the condition, in order, and removes those that meet it. Nothing else may change meanwhile. */
    void removeIf(Predicate<JournalEntry> condition) {
        for (int place = first; place < end; place++) {
            JournalEntry entry = order[place];
            if (entry != null && condition.test(entry)) {
                remove(entry);
            }
        }
    }

    void clear() {
        for (JournalEntry entry : this) {
            entry.place = JournalEntry.NOWHERE;
            entry.nextInBucket = null;
        }
        size = 0;
        buckets = new JournalEntry[FEWEST_BUCKETS];
        order = new JournalEntry[2 * FEWEST_BUCKETS];
        first = 0;
        end = 0;
    }

    @Nullable
    JournalEntry oldest() {
        while (first < end && order[first] == null) {
            first++;
        }
        return first < end ? order[first] : null;
    }

    private void append(JournalEntry entry) {
        if (end == order.length) {
            closeHoles(order);
        }
        entry.place = end;
        order[end++] = entry;
    }

    private void grow() {
        @Nullable JournalEntry[] old = buckets;
        buckets = new JournalEntry[2 * old.length];
        closeHoles(new JournalEntry[2 * buckets.length]);
        for (int place = 0; place < end; place++) {
            JournalEntry entry = order[place];
            if (entry != null) {
                int bucket = bucketOf(entry.keyHash);
                entry.nextInBucket = buckets[bucket];
                buckets[bucket] = entry;
            }
        }
    }

    /** @param into the same array, or a larger one */
    private void closeHoles(@Nullable JournalEntry[] into) {
        int to = 0;
        for (int from = first; from < end; from++) {
            JournalEntry entry = order[from];
            if (entry != null) {
                into[to] = entry;
                entry.place = to++;
            }
        }
        for (int place = to; into == order && place < end; place++) {
            order[place] = null;
        }
        order = into;
        first = 0;
        end = to;
    }

    /** Oldest acceptance first. Not to be used after the next change. */
    @Override
    public Iterator<JournalEntry> iterator() {
        return new Iterator<>() {
            private int place = first;

            @Override
            public boolean hasNext() {
                while (place < end && order[place] == null) {
                    place++;
                }
                return place < end;
            }

            @Override
            public JournalEntry next() {
                JournalEntry entry = hasNext() ? order[place++] : null;
                if (entry == null) {
                    throw new NoSuchElementException();
                }
                return entry;
            }
        };
    }
}
