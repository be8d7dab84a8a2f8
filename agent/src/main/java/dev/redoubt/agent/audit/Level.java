package dev.redoubt.agent.audit;

import java.util.concurrent.atomic.AtomicInteger;

/** A number that goes up and down, and the highest that it was. Thread-safe, without locks. */
final class Level {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    void up() {
        int risen = now.incrementAndGet();
        int highest = peak.get();
        while (risen > highest && !peak.compareAndSet(highest, risen)) {
            highest = peak.get();
        }
    }

    void down(int by) {
        now.addAndGet(-by);
    }

    int now() {
        return now.get();
    }

    int peak() {
        return peak.get();
    }
}
