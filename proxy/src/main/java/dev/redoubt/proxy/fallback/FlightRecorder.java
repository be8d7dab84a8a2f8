package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.lockscript.LockScripts;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Keeps known values warm without costing the data path: the lane copies the bytes of runs and of their replies into the
 * segments of a ring, and a background thread turns them into known values. Filling the store on the lane would cost as much
 * as forwarding a pipelined command.
 *
 * <pre>
 *  lane: record() -> segment -> sealed -> ring -> flight reader -> known values -> lane, after drain()
 *                                          |
 *                                          +-- full: oldest lost; with writes in it nothing older is served
 * </pre>
 *
 * <p>Everything that changes what is known goes through the ring, in order, and one thread reads it: so no older value can
 * come back after a newer one. Confined to the lane's event loop, except where said otherwise.
 */
public final class FlightRecorder implements AutoCloseable {
    static final int SMALLEST_RING_BYTES = 64 << 10;
    private static final int LARGEST_SEGMENT_BYTES = 256 << 10;

    private final boolean enabled;
    private final int largestValueBytes;
    private final Clock clock;
    private final KnownValues known;
    private final LockScripts scripts = new LockScripts();
    private final SegmentRing ring;
    private final FlightReader reader;

    private Segment current;
    /** Written by the lane only; others read it for metrics. */
    private volatile long skippedReads;

    /** Records at once; nothing is read until {@link #start} or {@link #drain}. */
    public FlightRecorder(FallbackSettings settings, Clock clock, WrittenKeys writtenKeys) {
        int segmentBytes = Math.min(LARGEST_SEGMENT_BYTES, settings.recorderBytes() / 16);
        this.enabled = settings.enabled();
        this.largestValueBytes = settings.largestKnownValueBytes();
        this.clock = clock;
        this.known = new KnownValues(settings.maxKnownBytes());
        this.ring = new SegmentRing(segmentBytes, settings.recorderBytes(), known);
        this.reader = new FlightReader(ring, new SegmentReader(known, settings, writtenKeys, scripts), known, settings);
        this.current = ring.next(0);
    }

    /** Starts the background thread. Without it {@link #drain} reads on the caller's thread, as a simulation wants it. */
    public void start() {
        if (enabled) {
            reader.start();
        }
    }

    /**
     * Records a run: so many complete commands and their complete replies, in the same order. Two bulk copies and a header;
     * both buffers are borrowed. Commands that produce no reply must not be in it.
     *
     * @param containsWrites false only if every command in it is a read: then it may be left out when the reader is behind
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the lane
    public void record(
            int db,
            boolean containsWrites,
            int count,
            ByteBuf commands,
            int from,
            int length,
            ByteBuf replies,
            int repliesFrom,
            int repliesLength) {
        if (!enabled) {
            return;
        }
        if (!containsWrites && teachesTooLittle(count, repliesLength)) {
            skippedReads += count;
            return;
        }
        append(
                containsWrites ? Segment.WRITES : Segment.READS,
                db,
                count,
                commands,
                from,
                length,
                replies,
                repliesFrom,
                repliesLength);
    }

    private boolean teachesTooLittle(int count, int repliesLength) {
        return ring.isLagging() || count == 1 && repliesLength > largestValueBytes + 64;
    }

    /**
     * Records commands whose effect cannot be read from a reply (leases, EXEC, scripts): the keys that they write are
     * forgotten. To be called when they are answered or given up, not before: what a shared connection answers in between
     * is older.
     */
    public void invalidate(int db, int count, ByteBuf commands, int from, int length) {
        if (enabled) {
            append(Segment.FORGET_WRITTEN_KEYS, db, count, commands, from, length, Unpooled.EMPTY_BUFFER, 0, 0);
        }
    }

    /** Forgets one key, where only it is at hand (a command that was streamed). */
    public void invalidateKey(int db, byte[] key) {
        if (enabled) {
            ByteBuf bytes = Unpooled.wrappedBuffer(key);
            append(Segment.FORGET_KEY, db, 1, bytes, 0, key.length, Unpooled.EMPTY_BUFFER, 0, 0);
        }
    }

    /** Forgets what is known of one database. */
    public void invalidateDatabase(int db) {
        appendMark(Segment.FORGET_DATABASE, db);
    }

    /** Forgets everything. */
    public void invalidateAll() {
        appendMark(Segment.FORGET_EVERYTHING, 0);
    }

    private void appendMark(int kind, int db) {
        if (enabled) {
            append(kind, db, 0, Unpooled.EMPTY_BUFFER, 0, 0, Unpooled.EMPTY_BUFFER, 0, 0);
        }
    }

    private void append(
            int kind,
            int db,
            int count,
            ByteBuf commands,
            int from,
            int length,
            ByteBuf replies,
            int repliesFrom,
            int repliesLength) {
        long bytes = (long) Segment.HEADER_BYTES + length + repliesLength;
        if (bytes > Integer.MAX_VALUE || !makeRoom((int) bytes)) {
            if (kind != Segment.READS) {
                known.forgetBefore(position());
            }
            return;
        }
        current.append(
                kind, db, clock.epochMillis(), count, commands, from, length, replies, repliesFrom, repliesLength);
    }

    private boolean makeRoom(int bytes) {
        if (current.fits(bytes)) {
            return true;
        }
        seal();
        if (current.fits(bytes)) {
            return true;
        }
        Segment oversized = ring.oversized(bytes, position());
        if (oversized == null) {
            return false;
        }
        ring.recycleUnused(current);
        current = oversized;
        return true;
    }

    private void seal() {
        if (current.used() > 0) {
            long end = position();
            ring.handOver(current);
            current = ring.next(end);
        }
    }

    /**
     * Reads what is recorded and not read yet, without regard to the CPU budget, and then runs the task: on the reader's
     * thread, or on the caller's where nothing is left to read or no thread was started. Call it when an outage begins;
     * the store may answer from known values once the task has run.
     */
    public void drain(Runnable done) {
        seal();
        long end = position();
        if (!reader.isStarted()) {
            reader.readAll();
        }
        ring.whenReadUpTo(end, done);
    }

    /** What was learned before now is no longer served. */
    void forgetEverythingBefore(long position) {
        known.forgetBefore(position);
    }

    /** Where the recording is now. */
    long position() {
        return current.end();
    }

    KnownValues known() {
        return known;
    }

    /** A script's body has come by on another way than in a run. Thread-safe. */
    public void noteScript(byte[] body) {
        scripts.ofBody(body);
    }

    /** Those whose bodies have come by. */
    LockScripts scripts() {
        return scripts;
    }

    /** Thread-safe. */
    public RecorderStats stats() {
        return ring.stats(skippedReads);
    }

    /** Ends the background thread; what is unread is lost. Thread-safe. */
    @Override
    public void close() {
        ring.close();
    }
}
