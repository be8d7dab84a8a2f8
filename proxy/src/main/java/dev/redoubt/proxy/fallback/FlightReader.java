package dev.redoubt.proxy.fallback;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that turns sealed segments into known values, within its share of one core. */
final class FlightReader {
    private static final Logger LOG = LoggerFactory.getLogger(FlightReader.class);

    private final SegmentRing ring;
    private final SegmentReader reader;
    private final KnownValues known;
    private final int cpuPercent;
    private @Nullable Thread thread;
    private boolean hasFailed;

    FlightReader(SegmentRing ring, SegmentReader reader, KnownValues known, FallbackSettings settings) {
        this.ring = ring;
        this.reader = reader;
        this.known = known;
        this.cpuPercent = settings.recorderCpuPercent();
    }

    void start() {
        thread = new Thread(this::run, "redoubt-flight-reader");
        thread.setDaemon(true);
        thread.start();
    }

    boolean isStarted() {
        return thread != null;
    }

    private void run() {
        CpuBudget budget = new CpuBudget(cpuPercent, cpuClock(), System::nanoTime);
        try {
            for (Segment segment = ring.take(); segment != null; segment = ring.take()) {
                read(segment, ring.isHurried());
                ring.pause(budget.restNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LongSupplier cpuClock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime;
    }

    /** Reads whatever is there, on the caller's thread; only while no thread of its own was started. */
    void readAll() {
        for (Segment segment = ring.poll(); segment != null; segment = ring.poll()) {
            read(segment, false);
        }
    }

    /** A bug in here must neither end the thread nor leave half of a segment's effects: what is older is not served. */
    private void read(Segment segment, boolean hurried) {
        try {
            reader.read(segment, hurried);
        } catch (RuntimeException | Error e) {
            known.flushBefore(segment.end());
            if (!hasFailed) {
                hasFailed = true;
                LOG.error("flight recording could not be read; known values so far are dropped", e);
            }
        } finally {
            ring.release(segment);
        }
    }
}
