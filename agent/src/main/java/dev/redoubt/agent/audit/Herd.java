package dev.redoubt.agent.audit;

import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All objects that are followed, by identity, and none of them kept alive. There is room for so many; what comes beyond is not
 * followed. Thread-safe.
 */
final class Herd {
    private final int max;
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final ConcurrentHashMap<Object, Tracked> all = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    Herd(int max) {
        this.max = max;
    }

    /** Null if there is no room. */
    @Nullable
    Tracked add(Object object, Row row, boolean isClient, long nowNanos) {
        if (size.incrementAndGet() > max) {
            size.decrementAndGet();
            return null;
        }
        Tracked tracked = new Tracked(object, collected, row, isClient, nowNanos);
        all.put(tracked, tracked);
        return tracked;
    }

    @Nullable
    Tracked find(Object object) {
        return all.get(new Key(object));
    }

    /** One that the garbage collector has found since, and that is followed no longer; null if there is none. */
    @Nullable
    Tracked nextCollected() {
        Tracked gone = (Tracked) collected.poll();
        if (gone != null && all.remove(gone) != null) {
            size.decrementAndGet();
        }
        return gone;
    }

    int size() {
        return size.get();
    }

    /** Equal to the reference to the same object. The map asks the key that is looked for, never the one that it has. */
    private static final class Key {
        private final Object object;

        Key(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tracked && ((Tracked) other).get() == object;
        }
    }
}
