package dev.redoubt.proxy.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final TestLoop loop = new TestLoop();
    private final Lane lane = loop.lane();
    private final List<String> done = new ArrayList<>();

    @Test
    void workIsPutOffUntilWhatIsUnderWayIsDone() {
        loop.execute(() -> {
            lane.atEndOfTurn(() -> done.add("end"));
            done.add("first read");
        });
        loop.execute(() -> done.add("second read"));

        loop.run();

        assertEquals(List.of("first read", "second read", "end"), done);
    }

    @Test
    void tasksRunInOrderAndOnce() {
        lane.atEndOfTurn(() -> done.add("a"));
        lane.atEndOfTurn(() -> done.add("b"));
        loop.run();
        loop.run();

        assertEquals(List.of("a", "b"), done);
    }

    @Test
    void taskThatIsAddedByAnotherRunsInTheSameTurn() {
        lane.atEndOfTurn(() -> lane.atEndOfTurn(() -> done.add("added")));

        loop.run();

        assertEquals(List.of("added"), done);
    }

    @Test
    void taskThatFailsStopsNoOtherNorTheTurnsToCome() {
        lane.atEndOfTurn(() -> {
            throw new IllegalStateException("a bug that this test made");
        });
        lane.atEndOfTurn(() -> done.add("same turn"));
        loop.run();

        lane.atEndOfTurn(() -> done.add("next turn"));
        loop.run();
        lane.atEndOfTurn(() -> done.add("turn after that"));
        loop.run();

        assertEquals(List.of("same turn", "next turn", "turn after that"), done);
    }
}
