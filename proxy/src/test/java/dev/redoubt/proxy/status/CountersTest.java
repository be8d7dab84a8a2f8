package dev.redoubt.proxy.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    void copyKeepsItsNumbers() {
        Counters counters = new Counters();
        counters.increment(Counter.COMMANDS);
        counters.add(Counter.REPLIES, 5);

        Counters copy = counters.copy();
        counters.increment(Counter.COMMANDS);

        assertEquals(1, copy.get(Counter.COMMANDS));
        assertEquals(5, copy.get(Counter.REPLIES));
        assertEquals(2, counters.get(Counter.COMMANDS));
    }

    @Test
    void metricNamesAreUniqueAcrossCountersAndGauges() {
        List<String> names = Stream.concat(
                        Arrays.stream(Counter.values()).map(Counter::metricName),
                        Arrays.stream(Gauge.values()).map(Gauge::metricName))
                .toList();

        assertEquals(names.stream().distinct().toList(), names);
    }
}
