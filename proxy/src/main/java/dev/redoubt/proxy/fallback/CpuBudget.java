package dev.redoubt.proxy.fallback;

import java.util.function.LongSupplier;

/** How long a thread must rest to stay within its share of one core. Rest is not saved up. Confined to that thread. */
final class CpuBudget {
    private final int percent;
    private final LongSupplier cpuNanos;
    private final LongSupplier nanoTime;

    private long lastCpuNanos;
    private long lastNanoTime;
    private long debtNanos;

    /** @param cpuNanos what the thread has used; wall time does where the platform cannot tell */
    CpuBudget(int percent, LongSupplier cpuNanos, LongSupplier nanoTime) {
        this.percent = percent;
        this.cpuNanos = cpuNanos;
        this.nanoTime = nanoTime;
        this.lastCpuNanos = cpuNanos.getAsLong();
        this.lastNanoTime = nanoTime.getAsLong();
    }

    /** To be called after a piece of work. */
    long restNanos() {
        long cpu = cpuNanos.getAsLong();
        long now = nanoTime.getAsLong();
        debtNanos += (cpu - lastCpuNanos) * 100 / percent - (now - lastNanoTime);
        debtNanos = Math.max(0, debtNanos);
        lastCpuNanos = cpu;
        lastNanoTime = now;
        return debtNanos;
    }
}
