package dev.redoubt.it.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CPU time of a process at one moment, from two of the kernel's accounts.
 *
 * @param stat of the process: in ticks of 10 ms, with threads that have ended
 * @param threads of the living threads by id: in nanoseconds; empty where the kernel keeps no schedstat
 */
record CpuReading(ProcStat stat, Map<Integer, ThreadTime> threads) {
    // Each of the two tick counts is cut off on its own, at both ends of the interval.
    private static final long STAT_ERROR_NANOS = 2 * ProcStat.NANOS_PER_TICK;

    record ThreadTime(String name, long nanos) {}

    CpuReading {
        threads = Map.copyOf(threads);
    }

    /**
     * The exact account, unless it is short of what the coarse one saw: then threads have ended in between (a JVM's
     * compiler threads do), and the coarse one is right.
     */
    long nanosSince(CpuReading before) {
        long exact = nanosByThreadSince(before).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long coarse = stat.nanos() - before.stat.nanos();
        return exact + STAT_ERROR_NANOS >= coarse ? exact : coarse;
    }

    /** By thread name; threads of one name are added up. */
    Map<String, Long> nanosByThreadSince(CpuReading before) {
        Map<String, Long> byName = new LinkedHashMap<>();
        threads.forEach((id, now) -> {
            ThreadTime then = before.threads.getOrDefault(id, new ThreadTime(now.name(), 0));
            byName.merge(now.name(), now.nanos() - then.nanos(), Long::sum);
        });
        return byName;
    }

    /** The part spent in the kernel, from 0 to 1. */
    double systemShareSince(CpuReading before) {
        long system = stat.systemTicks() - before.stat.systemTicks();
        long all = stat.userTicks() - before.stat.userTicks() + system;
        return all == 0 ? 0 : (double) system / all;
    }
}
