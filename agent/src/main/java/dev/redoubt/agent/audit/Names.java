package dev.redoubt.agent.audit;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** A few different names, and whether there were more. Thread-safe, without locks. */
final class Names {
    private static final int MAX_TEXT = 100;

    private final int max;
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private volatile boolean hasMore;

    Names(int max) {
        this.max = max;
    }

    void add(String name) {
        if (names.contains(name)) {
            return;
        }
        if (names.size() < max) {
            names.add(name);
        } else {
            hasMore = true;
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    int size() {
        return names.size();
    }

    /** By the alphabet; empty if there is none. */
    @Override
    public String toString() {
        String all = String.join(", ", new TreeSet<>(names));
        return Printable.of(hasMore ? all + ", ..." : all, MAX_TEXT);
    }
}
