package dev.redoubt.it.oracle;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends a program that hangs, and what it has started. Its own thread looks twice a second; thread-safe. */
final class Watchdog implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final ProcessHandle process;
    private final Limits limits;
    private final Thread thread = new Thread(this::watch, "watchdog");
    private final long startNanos = System.nanoTime();
    private volatile long heardNanos = startNanos;
    private volatile String bite = "";

    Watchdog(ProcessHandle process, Limits limits) {
        this.process = process;
        this.limits = limits;
        thread.setDaemon(true);
        thread.start();
    }

    /** The program has reported something. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    /** Why the program was ended, if it was. */
    Optional<String> bite() {
        return Optional.of(bite).filter(why -> !why.isEmpty());
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        Duration usedBefore = Duration.ZERO;
        long busyNanos = startNanos;
        try {
            while (process.isAlive() && bite.isEmpty()) {
                Thread.sleep(INTERVAL_MILLIS);
                Duration used = cpu();
                if (used.minus(usedBefore).compareTo(limits.idle()) > 0 || heardNanos > busyNanos) {
                    busyNanos = System.nanoTime();
                    usedBefore = used;
                }
                bite = judge(System.nanoTime(), busyNanos);
            }
            if (!bite.isEmpty()) {
                end();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private String judge(long now, long busyNanos) {
        if (now - startNanos > limits.unit().toNanos()) {
            return "the unit took over " + limits.unit().toSeconds() + " s";
        }
        if (now - busyNanos > limits.stall().toNanos()) {
            return "nothing happened for " + limits.stall().toSeconds() + " s";
        }
        return now - heardNanos > limits.test().toNanos()
                ? "nothing was reported for " + limits.test().toSeconds() + " s"
                : "";
    }

    private Duration cpu() {
        return family().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void end() {
        family().toList().forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process));
    }
}
