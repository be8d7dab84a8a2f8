package dev.redoubt.agent.audit;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * One object of the application, held weakly and known by its identity. Thread-safe: its own lock guards its state; it is taken where a
 * client or a socket begins or ends, never for a command.
 */
final class Tracked extends WeakReference<Object> {
    private final int hash;
    private final Row row;
    private final boolean isClient;
    private final long bornNanos;
    private int sockets;
    private boolean hasEnded;

    /** @param isClient whether it counts as one; else it only makes sockets */
    Tracked(Object object, ReferenceQueue<Object> queue, Row row, boolean isClient, long bornNanos) {
        super(object, queue);
        this.hash = System.identityHashCode(object);
        this.row = row;
        this.isClient = isClient;
        this.bornNanos = bornNanos;
    }

    Row row() {
        return row;
    }

    /** The first of several counts: Jedis's close() calls disconnect(). */
    synchronized void onClose(long nowNanos) {
        if (isClient && !hasEnded) {
            hasEnded = true;
            row.closed(nowNanos - bornNanos);
        }
    }

    synchronized void onConnect() {
        sockets++;
        row.sockets().up();
    }

    /** Whether there was one. */
    synchronized boolean onDisconnect() {
        boolean wasOpen = sockets > 0;
        if (wasOpen) {
            sockets--;
            row.sockets().down(1);
        }
        return wasOpen;
    }

    /** The object is gone, and the JDK closes what sockets it had. How many these were. */
    synchronized int onCollect(long nowNanos) {
        if (isClient && !hasEnded) {
            hasEnded = true;
            row.collected(nowNanos - bornNanos);
        }
        int open = sockets;
        row.sockets().down(open);
        sockets = 0;
        return open;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}
