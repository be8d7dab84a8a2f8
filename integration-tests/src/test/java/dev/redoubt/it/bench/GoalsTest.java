package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final BenchCase UNPIPELINED = BenchCase.parse("get-c50-p1");
    private static final BenchCase PIPELINED = BenchCase.parse("get-c50-p16");
    private static final BenchCase ALONE = BenchCase.parse("get-c1-p1");

    private final Results results = new Results();

    @Test
    void proxyCpuMayBeLargerWithAPipeline() {
        // given 0.8 of HAProxy's CPU in both cases
        for (BenchCase benchCase : List.of(UNPIPELINED, PIPELINED)) {
            add(benchCase, Goals.HAPROXY, 100, 1, 10, 5);
            add(benchCase, "redoubt", 100, 1, 8, 5);
        }
        // then
        assertFalse(only("proxy CPU", UNPIPELINED).met());
        assertTrue(only("proxy CPU", PIPELINED).met());
    }

    @Test
    void throughputIsHeldAgainstTheFasterPeer() {
        add(UNPIPELINED, Goals.HAPROXY, 100, 1, 10, 5);
        add(UNPIPELINED, Goals.TWEMPROXY, 120, 1, 10, 5);
        add(UNPIPELINED, "redoubt", 110, 1, 5, 5);
        Verdict verdict = only("rate", UNPIPELINED);
        assertEquals("rate / twemproxy", verdict.goal());
        assertFalse(verdict.met());
    }

    @Test
    void p99IsHeldAgainstThePeerWithTheSmallerOne() {
        add(UNPIPELINED, Goals.HAPROXY, 100, 2.0, 10, 5);
        add(UNPIPELINED, Goals.TWEMPROXY, 120, 1.0, 10, 5);
        add(UNPIPELINED, "redoubt", 110, 1.1, 5, 5);
        Verdict verdict = only("p99", UNPIPELINED);
        assertEquals("p99 / twemproxy", verdict.goal());
        assertTrue(verdict.met());
    }

    @Test
    void redisCpuHasAGoalOnlyWhereManyClientsSendOneByOne() {
        for (BenchCase benchCase : List.of(UNPIPELINED, PIPELINED, ALONE)) {
            add(benchCase, Goals.DIRECT, 100, 1, 0, 10);
            add(benchCase, "redoubt", 100, 1, 5, 4);
        }
        List<Verdict> verdicts = new Goals(results).verdicts("redoubt", List.of(UNPIPELINED, PIPELINED, ALONE));
        assertEquals(
                List.of(UNPIPELINED.name()),
                verdicts.stream().map(Verdict::benchCase).toList());
        assertTrue(verdicts.get(0).met());
    }

    @Test
    void withoutPeersThereIsNoVerdict() {
        add(UNPIPELINED, "redoubt", 100, 1, 5, 4);
        assertEquals(List.of(), new Goals(results).verdicts("redoubt", List.of(UNPIPELINED)));
    }

    @Test
    void aVerdictThatTheRoundsDoNotShareIsClose() {
        Verdict verdict = new Verdict("rate", "a case", Verdict.Bound.AT_LEAST, 1.0, 1.01, OptionalDouble.of(0.99));
        assertTrue(verdict.met());
        assertTrue(verdict.isClose());
    }

    private Verdict only(String goal, BenchCase benchCase) {
        List<Verdict> found = new Goals(results)
                .verdicts("redoubt", List.of(benchCase)).stream()
                        .filter(verdict -> verdict.goal().startsWith(goal))
                        .toList();
        assertEquals(1, found.size());
        return found.get(0);
    }

    private void add(
            BenchCase benchCase, String endpoint, double rate, double p99, double proxyMicros, double redisMicros) {
        Sample.Load load = new Sample.Load(rate, p99 / 2, p99);
        results.add(benchCase, endpoint, 0, new Sample(load, OptionalDouble.of(proxyMicros), redisMicros, 0));
    }
}
