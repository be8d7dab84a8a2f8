package dev.redoubt.proxy.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Bytes on their way through a {@link Link} in one direction: each piece arrives at a time of its own, and none before those that were sent earlier. */
final class Way {
    /** How a sender closes. */
    enum End {
        FIN,
        RESET
    }

    /** Bytes; {@code end} says that the sender has closed behind them. */
    record Segment(byte[] bytes, long at, @Nullable End end) {}

    private final Site site;
    private final World world;
    private Deque<Segment> segments = new ArrayDeque<>();

    Way(Site site) {
        this.site = site;
        this.world = site.world();
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    int bytes() {
        return segments.stream().mapToInt(segment -> segment.bytes().length).sum();
    }

    /** How long a piece takes. */
    long delay() {
        return 10_000 + world.skewed(site.plan().delayNanos());
    }

    /** Sends bytes, in pieces. */
    void send(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int length = piece(bytes.length - from);
            add(FrameReader.part(bytes, from, from + length), null);
            from += length;
        }
    }

    private int piece(int left) {
        if (world.oneIn(3)) {
            return world.between(1, Math.min(left, 40));
        }
        return world.oneIn(3) ? world.between(1, left) : left;
    }

    /** Closes behind what was sent. */
    void end(End how) {
        add(new byte[0], how);
    }

    private void add(byte[] bytes, @Nullable End end) {
        long last = segments.isEmpty() ? 0 : segments.getLast().at();
        segments.add(new Segment(bytes, Math.max(last, world.now() + delay()), end));
    }

    /** When the next piece arrives. */
    long nextAt() {
        return segments.element().at();
    }

    /** The next piece arrives. */
    Segment remove() {
        return segments.remove();
    }

    void clear() {
        segments.clear();
    }

    /** The network loses the end of it, from any byte on. */
    void dropTail() {
        int kept = world.between(0, bytes());
        Deque<Segment> rest = new ArrayDeque<>();
        for (Segment segment : segments) {
            int length = Math.min(kept, segment.bytes().length);
            if (length > 0) {
                rest.add(new Segment(FrameReader.part(segment.bytes(), 0, length), segment.at(), null));
            }
            kept -= length;
        }
        segments = rest;
    }

    /** All of it takes so much longer. */
    void delay(long nanos) {
        Deque<Segment> later = new ArrayDeque<>();
        segments.forEach(segment -> later.add(new Segment(segment.bytes(), segment.at() + nanos, segment.end())));
        segments = later;
    }
}
