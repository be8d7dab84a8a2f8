package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.MemoryBudget.Place;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long MB = 1 << 20;
    private final ConfigurationSources sources = new ConfigurationSources();

    @Test
    void limitsAreAddedUp() {
        MemoryBudget budget = MemoryBudget.of(sources.settings());

        assertEquals((16 + 64 + 16 + 16 + 16) * MB, budget.bytes(Place.DIRECT));
        assertEquals((64 + 64 + 4 + 16) * MB, budget.bytes(Place.HEAP));
        assertTrue(budget.toString().startsWith("at most 372 MB (backlog 16, clients 64, "), budget.toString());
    }

    @Test
    void memoryThatIsTurnedOffNeedsNone() {
        MemoryBudget budget =
                MemoryBudget.of(sources.option(FallbackSetting.ENABLED, "false").settings());

        assertEquals((16 + 64 + 16 + 16) * MB, budget.bytes(Place.DIRECT));
        assertEquals((4 + 16) * MB, budget.bytes(Place.HEAP));
    }

    @Test
    void lowerLimitOfTheJvmForDirectMemoryIsAnError() {
        sources.machine.maxDirectBytes = 100 * MB;

        assertEquals(
                List.of("the limits allow 128 MB of direct memory, but the JVM has 100 MB: start the JVM with "
                        + "-XX:MaxDirectMemorySize=128m, or lower backlog.max-bytes, clients.total-bytes, leases.max, "
                        + "recorder.max-bytes"),
                sources.problems());
    }

    @Test
    void lowerHeapIsAnError() {
        sources.machine.maxHeapBytes = 128 * MB;

        assertEquals(
                List.of(
                        "the limits allow 148 MB of heap, but the JVM has 128 MB: start the JVM with -Xmx148m, or lower "
                                + "fallback.max-bytes, journal.max-bytes, scripts.max-bytes"),
                sources.problems());
    }

    @Test
    void lowerLimitOfTheContainerIsAnError() {
        sources.machine.containerLimitBytes = OptionalLong.of(256 * MB);

        assertEquals(
                List.of(
                        "the limits allow 372 MB of memory, but the container has 256 MB: give the container 372 MB, or lower "
                                + "backlog.max-bytes, clients.total-bytes, leases.max, recorder.max-bytes, fallback.max-bytes, "
                                + "journal.max-bytes, scripts.max-bytes"),
                sources.problems());
    }

    @Test
    void exactlyEnoughIsEnough() {
        sources.machine.maxDirectBytes = 128 * MB;
        sources.machine.maxHeapBytes = 148 * MB;
        sources.machine.containerLimitBytes = OptionalLong.of(372 * MB);

        assertEquals(List.of(), sources.problems());
    }
}
