package dev.redoubt.proxy.agentreport;

import dev.redoubt.proxy.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The newest report of each JVM. There is room for {@link #MAX}: with reports of at most {@link ReportReader#MAX_BYTES} these are a
 * few megabytes, however many JVMs come and go. Thread-safe.
 */
public final class Reporters {
    static final int MAX = 32;

    /** An agent reports once a minute: one that missed ten has most likely ended. */
    static final long SILENT_AFTER_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** All JVMs of a machine may end at once, and each then reports; in the long run twice as many as {@link #MAX} send. */
    private static final int BURST = 2 * MAX;

    private static final double PER_SECOND = 1;

    private final Clock clock;
    private final RateLimit rate;
    private final Map<String, Heard> byReporter = new LinkedHashMap<>();
    private long taken;

    public Reporters(Clock clock) {
        this.clock = clock;
        this.rate = new RateLimit(BURST, PER_SECOND, clock);
    }

    /** Whether one more report may be read now. */
    public boolean mayReport() {
        return rate.allows();
    }

    /** Keeps it in place of its JVM's last one. False if there is no room, as so many others still report. */
    public synchronized boolean take(AgentReport report) {
        if (!byReporter.containsKey(report.reporter()) && byReporter.size() >= MAX && !forgetOne()) {
            return false;
        }
        byReporter.put(report.reporter(), new Heard(report, clock.nanoTime()));
        taken++;
        return true;
    }

    /** The JVM that began first comes first. */
    public synchronized List<Heard> all() {
        List<Heard> all = new ArrayList<>(byReporter.values());
        all.sort(Comparator.comparingLong(heard -> heard.report().startedAtMillis()));
        return all;
    }

    /** How many JVMs run and report. */
    public synchronized int active() {
        return (int)
                byReporter.values().stream().filter(heard -> !isOver(heard)).count();
    }

    /** How many reports were taken. */
    public synchronized long taken() {
        return taken;
    }

    private boolean forgetOne() {
        Optional<Heard> oldest = byReporter.values().stream()
                .filter(this::isOver)
                .min(Comparator.comparingLong(heard -> heard.atNanos() - clock.nanoTime()));
        oldest.ifPresent(heard -> byReporter.remove(heard.report().reporter()));
        return oldest.isPresent();
    }

    private boolean isOver(Heard heard) {
        return heard.report().isFinal() || clock.nanoTime() - heard.atNanos() > SILENT_AFTER_NANOS;
    }
}
