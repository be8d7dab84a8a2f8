package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CpuBudgetTest {
    private long cpuNanos;
    private long nanoTime;
    private final CpuBudget budget = new CpuBudget(5, () -> cpuNanos, () -> nanoTime);

    @Test
    void restsNineteenTimesAsLongAsItWorked() {
        work(1_000);

        assertEquals(19_000, budget.restNanos());
    }

    @Test
    void restThatWasTakenIsPaid() {
        work(1_000);
        budget.restNanos();
        nanoTime += 19_000;
        work(500);

        assertEquals(9_500, budget.restNanos());
    }

    @Test
    void idleTimeIsNotSavedUp() {
        nanoTime += 1_000_000;
        budget.restNanos();
        work(1_000);

        assertEquals(19_000, budget.restNanos());
    }

    private void work(long nanos) {
        cpuNanos += nanos;
        nanoTime += nanos;
    }
}
