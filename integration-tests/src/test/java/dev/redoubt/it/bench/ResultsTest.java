package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final BenchCase CASE = BenchCase.parse("get-c50-p1");

    private final Results results = new Results();

    @Test
    void driftBetweenRoundsCancelsOutInTheMedianOfRatios() {
        // given a machine that gets twice as slow each round, and a proxy always half as fast as its base
        add("base", 0, 400);
        add("proxy", 0, 200);
        add("base", 1, 200);
        add("proxy", 1, 100);
        add("base", 2, 100);
        add("proxy", 2, 50);
        // then
        assertEquals(OptionalDouble.of(0.5), results.medianOfRatios(CASE, "proxy", "base", Metric.RATE));
    }

    @Test
    void onlyRoundsThatBothHaveAreCompared() {
        add("base", 0, 100);
        add("proxy", 0, 200);
        add("base", 1, 100);
        add("proxy", 2, 900);
        assertEquals(OptionalDouble.of(2), results.medianOfRatios(CASE, "proxy", "base", Metric.RATE));
    }

    @Test
    void ratioOfMediansComparesTheMiddleOfEach() {
        for (int round = 0; round < 3; round++) {
            add("base", round, 100 + round);
            add("proxy", round, 202 + round);
        }
        assertEquals(OptionalDouble.of(203.0 / 101), results.ratioOfMedians(CASE, "proxy", "base", Metric.RATE));
    }

    @Test
    void figuresThatAnEndpointDoesNotHaveAreEmpty() {
        add("direct", 0, 100);
        add("proxy", 0, 50);
        assertEquals(OptionalDouble.empty(), results.median(CASE, "direct", Metric.PROXY_CPU));
        assertEquals(OptionalDouble.empty(), results.ratioOfMedians(CASE, "proxy", "absent", Metric.RATE));
        assertEquals(OptionalDouble.empty(), results.medianOfRatios(CASE, "absent", "proxy", Metric.RATE));
    }

    private void add(String endpoint, int round, double rate) {
        results.add(CASE, endpoint, round, new Sample(new Sample.Load(rate, 0.1, 0.2), OptionalDouble.empty(), 5, 0));
    }
}
