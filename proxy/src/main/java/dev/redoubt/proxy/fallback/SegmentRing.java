package dev.redoubt.proxy.fallback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounded supply of segments between the lane, which fills them, and the reader. When the reader is too slow the oldest
 * unread segments are lost; if writes are among them, what was known before is not served any more.
 *
 * <p>Thread-safe: one short lock, taken once a segment and never once a record.
 */
final class SegmentRing {
    private final int segmentBytes;
    private final long maxBytes;
    private final KnownValues known;

    private final ArrayDeque<Segment> unread = new ArrayDeque<>();
    private final ArrayDeque<Segment> free = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private @Nullable Segment beingRead;
    private long allocatedBytes;
    private long unreadBytes;
    private long lostSegments;
    private long lostBytes;
    private boolean closed;
    /** Read by the lane once a record, without the lock. */
    private volatile boolean lagging;

    private record Waiter(long position, Runnable done) {}

    SegmentRing(int segmentBytes, long maxBytes, KnownValues known) {
        this.segmentBytes = segmentBytes;
        this.maxBytes = maxBytes;
        this.known = known;
    }

    /** The reader is half a ring behind: what only teaches is not worth recording, what changes something is. */
    boolean isLagging() {
        return lagging;
    }

    /** By the reader: it is behind and nobody waits for all of it, so it had better be quick. */
    synchronized boolean isHurried() {
        return lagging && waiters.isEmpty();
    }

    /** By the lane: an empty segment that begins at this position. */
    synchronized Segment next(long base) {
        while (free.isEmpty() && allocatedBytes + segmentBytes > maxBytes && loseOldest()) {}
        Segment segment = free.poll();
        if (segment == null) {
            segment = allocate(segmentBytes);
        }
        segment.reset(base);
        return segment;
    }

    /** By the lane: a segment for one record that is larger than a segment, or null if it is out of proportion to the ring. */
    synchronized @Nullable Segment oversized(int bytes, long base) {
        if (bytes > maxBytes / 4) {
            return null;
        }
        while (allocatedBytes + bytes > maxBytes && (freeOne() || loseOldest())) {}
        Segment segment = allocate(bytes);
        segment.reset(base);
        return segment;
    }

    /** By the lane: the segment is the reader's from now on. */
    synchronized void handOver(Segment sealed) {
        unread.add(sealed);
        unreadBytes += sealed.capacity();
        noteLag();
        notifyAll();
    }

    /** By the lane: nothing was written to it. */
    synchronized void recycleUnused(Segment segment) {
        recycle(segment);
    }

    private Segment allocate(int bytes) {
        allocatedBytes += bytes;
        return new Segment(bytes);
    }

    private boolean freeOne() {
        Segment segment = free.poll();
        if (segment != null) {
            allocatedBytes -= segment.capacity();
        }
        return segment != null;
    }

    private boolean loseOldest() {
        Segment oldest = unread.poll();
        if (oldest == null) {
            return false;
        }
        unreadBytes -= oldest.capacity();
        lostSegments++;
        lostBytes += oldest.used();
        if (oldest.containsWrites()) {
            known.forgetBefore(oldest.end());
        }
        recycle(oldest);
        noteLag();
        return true;
    }

    private void recycle(Segment segment) {
        if (segment.capacity() == segmentBytes) {
            free.add(segment);
        } else {
            allocatedBytes -= segment.capacity();
        }
    }

    private void noteLag() {
        lagging = unreadBytes >= maxBytes / 2;
    }

    /** By the reader: waits for a segment; null when the ring is closed. */
    synchronized @Nullable Segment take() throws InterruptedException {
        while (unread.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : poll();
    }

    /** By the reader: the oldest unread segment, if there is one. */
    synchronized @Nullable Segment poll() {
        beingRead = unread.poll();
        if (beingRead != null) {
            unreadBytes -= beingRead.capacity();
            noteLag();
        }
        return beingRead;
    }

    /** By the reader: everything in the segment that it took is known now. */
    void release(Segment segment) {
        List<Runnable> due;
        synchronized (this) {
            beingRead = null;
            recycle(segment);
            due = dueWaiters();
        }
        due.forEach(Runnable::run);
    }

    /** By the reader: rests, unless somebody waits for it. */
    synchronized void pause(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && waiters.isEmpty() && !closed) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = end - System.nanoTime();
        }
    }

    /**
     * Runs the task once nothing from before this position is unread, here or on the reader's thread. Until then the reader
     * does not rest.
     */
    void whenReadUpTo(long position, Runnable done) {
        List<Runnable> due;
        synchronized (this) {
            waiters.add(new Waiter(position, done));
            due = dueWaiters();
            notifyAll();
        }
        due.forEach(Runnable::run);
    }

    private List<Runnable> dueWaiters() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Runnable> due = new ArrayList<>();
        Segment oldest = beingRead != null ? beingRead : unread.peek();
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (oldest == null || oldest.base() >= waiter.position()) {
                due.add(waiter.done());
                each.remove();
            }
        }
        return due;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized RecorderStats stats(long skippedReads) {
        return new RecorderStats(
                unread.size(), unreadBytes, lostSegments, lostBytes, skippedReads, known.entries(), known.bytes());
    }
}
