package dev.redoubt.proxy.agentreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportersTest {
    private final Reports.StillClock clock = new Reports.StillClock();
    private final Reporters reporters = new Reporters(clock);

    @Test
    void aReportTakesThePlaceOfTheLastOne() {
        reporters.take(Reports.report("a"));
        reporters.take(Reports.goodbye("a"));

        assertEquals(List.of(Reports.goodbye("a")), names(), "the newest");
        assertEquals(2, reporters.taken());
    }

    @Test
    void whoSaysGoodbyeIsShownButNotActive() {
        reporters.take(Reports.report("a"));
        reporters.take(Reports.goodbye("b"));

        assertEquals(2, reporters.all().size());
        assertEquals(1, reporters.active());
    }

    @Test
    void whoIsSilentForTenMinutesIsNotActive() {
        reporters.take(Reports.report("a"));
        clock.move(10, TimeUnit.MINUTES);
        assertEquals(1, reporters.active());

        clock.move(1, TimeUnit.SECONDS);

        assertEquals(0, reporters.active());
        assertEquals(1, reporters.all().size(), "still shown");
    }

    @Test
    void whoStillReportsIsNotPushedOutByAnother() {
        fill();

        assertFalse(reporters.take(Reports.report("one more")));
        assertEquals(Reporters.MAX, reporters.all().size());
        assertTrue(reporters.take(Reports.report("0")), "one that has its place already");
    }

    @Test
    void theLongestSilentGivesItsPlace() {
        fill();
        clock.move(5, TimeUnit.MINUTES);
        IntStream.range(2, Reporters.MAX).forEach(n -> reporters.take(Reports.report("" + n)));
        reporters.take(Reports.report("0"));
        clock.move(11, TimeUnit.MINUTES);

        assertTrue(reporters.take(Reports.report("one more")));
        assertFalse(names().contains(Reports.report("1")), "1 was silent longest");
        assertTrue(names().contains(Reports.report("0")));
        assertEquals(Reporters.MAX, reporters.all().size());
    }

    @Test
    void whoSaidGoodbyeGivesItsPlaceAtOnce() {
        fill();
        reporters.take(Reports.goodbye("7"));

        assertTrue(reporters.take(Reports.report("one more")));
        assertFalse(names().contains(Reports.goodbye("7")));
    }

    @Test
    void reportsAreLimitedToABurstAndOneASecond() {
        long burst = IntStream.range(0, 1000).filter(i -> reporters.mayReport()).count();
        assertEquals(2 * Reporters.MAX, burst);

        clock.move(3, TimeUnit.SECONDS);

        assertEquals(
                3, IntStream.range(0, 10).filter(i -> reporters.mayReport()).count());
    }

    @Test
    void aLongQuietTimeAllowsNoMoreThanTheBurst() {
        clock.move(1, TimeUnit.DAYS);

        assertEquals(
                2 * Reporters.MAX,
                IntStream.range(0, 1000).filter(i -> reporters.mayReport()).count());
    }

    private void fill() {
        IntStream.range(0, Reporters.MAX).forEach(n -> reporters.take(Reports.report("" + n)));
    }

    private List<AgentReport> names() {
        return reporters.all().stream().map(Heard::report).toList();
    }
}
