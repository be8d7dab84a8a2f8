package dev.redoubt.proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.lane.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final TestLoop loop = new TestLoop();
    private final List<String> lines = new ArrayList<>();
    private final Repeats repeats =
            new Repeats((task, nanos) -> loop.lane().executor().schedule(task, nanos));

    @Test
    void theFirstIsToldAtOnce() {
        happens("refused", 1);

        assertEquals(List.of("refused x1"), lines);
    }

    @Test
    void aThousandMoreAreOneLineAtTheEndOfTheInterval() {
        happens("refused", 1_000);
        assertEquals(1, lines.size());

        loop.advance(Repeats.INTERVAL);

        assertEquals(List.of("refused x1", "refused x999"), lines);
    }

    @Test
    void eachIntervalIsCountedAlone() {
        happens("refused", 1);
        loop.advance(Repeats.INTERVAL.minusSeconds(1));
        happens("refused", 5);
        loop.advance(Duration.ofSeconds(2));
        happens("refused", 7);
        loop.advance(Repeats.INTERVAL);

        assertEquals(List.of("refused x1", "refused x5", "refused x7"), lines);
    }

    @Test
    void kindsAreToldApart() {
        happens("refused", 2);
        happens("loading", 3);
        loop.advance(Repeats.INTERVAL);

        assertEquals(List.of("refused x1", "loading x1", "refused x1", "loading x2"), lines);
    }

    @Test
    void afterAnIntervalOfPeaceTheNextIsAFirstAgain() {
        happens("refused", 1);
        loop.advance(Repeats.INTERVAL);

        happens("refused", 1);

        assertEquals(List.of("refused x1", "refused x1"), lines);
    }

    @Test
    void theNewestLineIsWritten() {
        repeats.happened("cut", times -> lines.add("client 1 x" + times));
        repeats.happened("cut", times -> lines.add("client 2 x" + times));
        repeats.happened("cut", times -> lines.add("client 3 x" + times));

        loop.advance(Repeats.INTERVAL);

        assertEquals(List.of("client 1 x1", "client 3 x2"), lines);
    }

    @Test
    void whatIsForgottenIsNotToldLater() {
        happens("refused", 10);
        repeats.forget();
        happens("refused", 3);

        loop.advance(Repeats.INTERVAL);

        assertEquals(List.of("refused x1", "refused x1", "refused x2"), lines);
    }

    @Test
    void kindsThatAreNoConstantsDoNotFloodTheLog() {
        for (int i = 0; i < 10_000; i++) {
            happens("reset by 10.0.0.1:" + i, 1);
        }

        assertEquals(33, lines.size(), "32 kinds, and one for the others");
    }

    private void happens(String kind, int times) {
        for (int i = 0; i < times; i++) {
            repeats.happened(kind, count -> lines.add(kind + " x" + count));
        }
    }
}
