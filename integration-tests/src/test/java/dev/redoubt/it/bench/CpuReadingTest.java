package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redoubt.it.bench.CpuReading.ThreadTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuReadingTest {
    private static final long TICK = ProcStat.NANOS_PER_TICK;

    @Test
    void theThreadsExactTimeCountsWhereItAgreesWithTheTicks() {
        CpuReading before = reading(100, 0, Map.of(1, new ThreadTime("lane", 1_000_000_007)));
        CpuReading after = reading(109, 1, Map.of(1, new ThreadTime("lane", 1_095_000_009)));
        assertEquals(95_000_002, after.nanosSince(before));
    }

    @Test
    void theTicksCountWhereAThreadHasEnded() {
        CpuReading before = reading(
                100, 0, Map.of(1, new ThreadTime("lane", 500_000_000), 2, new ThreadTime("compiler", 500_000_000)));
        CpuReading after = reading(150, 10, Map.of(1, new ThreadTime("lane", 600_000_000)));
        assertEquals(60 * TICK, after.nanosSince(before));
    }

    @Test
    void theTicksCountWhereTheKernelKeepsNoThreadTimes() {
        assertEquals(30 * TICK, reading(120, 15, Map.of()).nanosSince(reading(100, 5, Map.of())));
    }

    @Test
    void aThreadThatBeganInBetweenCountsWhole() {
        CpuReading before = reading(0, 0, Map.of(1, new ThreadTime("lane", 10)));
        CpuReading after = reading(0, 0, Map.of(1, new ThreadTime("lane", 15), 2, new ThreadTime("new", 7)));
        assertEquals(12, after.nanosSince(before));
        assertEquals(Map.of("lane", 5L, "new", 7L), after.nanosByThreadSince(before));
    }

    @Test
    void theShareOfTheKernelIsOfWhatWasUsedInBetween() {
        assertEquals(0.75, reading(110, 40, Map.of()).systemShareSince(reading(100, 10, Map.of())));
    }

    @Test
    void aCommandMayHaveSpacesAndParenthesesInItsName() {
        String line = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 17 5 9 9 20 0 12 0 100 1000 200";
        assertEquals(new ProcStat("a (b) c", 17, 5), ProcStat.parse(line));
    }

    @Test
    void aLineWithoutANameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ProcStat.parse("42 S 1"));
    }

    private static CpuReading reading(long userTicks, long systemTicks, Map<Integer, ThreadTime> threads) {
        return new CpuReading(new ProcStat("java", userTicks, systemTicks), threads);
    }
}
