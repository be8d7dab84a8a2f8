package dev.redoubt.proxy.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestLoopTest {
    private final TestLoop loop = new TestLoop();
    private final List<Long> ran = new ArrayList<>();
    private final long start = loop.lane().nanoTime();

    private void repeat() {
        ran.add((loop.lane().nanoTime() - start) / 1_000_000);
        loop.lane().executor().schedule(this::repeat, 100_000_000);
    }

    @Test
    void scheduledTasksRunAtTheirTime() {
        repeat();
        loop.lane().executor().schedule(() -> ran.add(-1L), 150_000_000);

        loop.advanceMillis(350);

        assertEquals(List.of(0L, 100L, -1L, 200L, 300L), ran);
        assertEquals(350, (loop.lane().nanoTime() - start) / 1_000_000);
    }

    @Test
    void taskThatWasTakenBackDoesNotRun() {
        loop.lane().executor().schedule(() -> ran.add(-1L), 1_000).cancel();

        loop.advanceMillis(1);

        assertEquals(List.of(), ran);
    }
}
