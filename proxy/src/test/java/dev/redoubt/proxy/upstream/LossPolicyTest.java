package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.ReplayClass;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossPolicyTest {
    private static final String TABLE = """
            # class,          unknown,  fenced,   new run,     unfenced,    unknown late, fenced late, new run late, unfenced late
            READ,             REPLAY,   REPLAY,   REPLAY,      REPLAY,      REPLAY,       REPLAY,      REPLAY,       REPLAY
            CURSOR,           REPLAY,   REPLAY,   CURSOR_LOST, CURSOR_LOST, REPLAY,       REPLAY,      CURSOR_LOST,  CURSOR_LOST
            LAST_WINS,        REPLAY,   REPLAY,   REPLAY,      IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            CONVERGES_ALONE,  IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            DECISION,         IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            ACCUMULATES,      IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            DESTRUCTIVE_READ, IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            PUBLISH,          IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            UNIT,             IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            ADMIN,            IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            UNKNOWN,          IN_DOUBT, IN_DOUBT, IN_DOUBT,    IN_DOUBT,    IN_DOUBT,     IN_DOUBT,    IN_DOUBT,     IN_DOUBT
            """;

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void verdictOfEachClass(
            ReplayClass replayClass,
            LossPolicy.Verdict unknown,
            LossPolicy.Verdict fenced,
            LossPolicy.Verdict newRun,
            LossPolicy.Verdict unfenced,
            LossPolicy.Verdict unknownLate,
            LossPolicy.Verdict fencedLate,
            LossPolicy.Verdict newRunLate,
            LossPolicy.Verdict unfencedLate) {
        assertEquals(unknown, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.UNKNOWN, true));
        assertEquals(fenced, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.FENCED, true));
        assertEquals(newRun, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.FENCED_NEW_RUN, true));
        assertEquals(unfenced, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.UNFENCED, true));
        assertEquals(unknownLate, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.UNKNOWN, false));
        assertEquals(fencedLate, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.FENCED, false));
        assertEquals(
                newRunLate, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.FENCED_NEW_RUN, false));
        assertEquals(unfencedLate, LossPolicy.judge(replayClass, Delivery.BY_CLASS, LossPolicy.Link.UNFENCED, false));
    }

    @ParameterizedTest
    @CsvSource({"READ,REPLAY", "CURSOR,REPLAY", "LAST_WINS,IN_DOUBT", "ACCUMULATES,IN_DOUBT"})
    void atMostOnceRepeatsNoWrite(ReplayClass replayClass, LossPolicy.Verdict verdict) {
        assertEquals(verdict, LossPolicy.judge(replayClass, Delivery.AT_MOST_ONCE, LossPolicy.Link.FENCED, true));
    }

    @ParameterizedTest
    @CsvSource({
        "LAST_WINS,REPLAY,IN_DOUBT",
        "CONVERGES_ALONE,REPLAY,IN_DOUBT",
        "ACCUMULATES,REPLAY,IN_DOUBT",
        "PUBLISH,REPLAY,IN_DOUBT",
        "UNIT,REPLAY,IN_DOUBT",
        "ADMIN,IN_DOUBT,IN_DOUBT",
        "UNKNOWN,IN_DOUBT,IN_DOUBT"
    })
    void atLeastOnceRepeatsWhatIsKnownAfterTheFence(
            ReplayClass replayClass, LossPolicy.Verdict fenced, LossPolicy.Verdict otherwise) {
        assertEquals(fenced, LossPolicy.judge(replayClass, Delivery.AT_LEAST_ONCE, LossPolicy.Link.FENCED, true));
        assertEquals(otherwise, LossPolicy.judge(replayClass, Delivery.AT_LEAST_ONCE, LossPolicy.Link.UNFENCED, true));
        assertEquals(otherwise, LossPolicy.judge(replayClass, Delivery.AT_LEAST_ONCE, LossPolicy.Link.FENCED, false));
    }

    @Test
    void tableHasEveryClass() {
        Set<String> rows = TABLE.lines()
                .map(line -> line.split(",")[0].strip())
                .filter(name -> !name.startsWith("#"))
                .collect(Collectors.toSet());

        assertEquals(Arrays.stream(ReplayClass.values()).map(Enum::name).collect(Collectors.toSet()), rows);
    }
}
