package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StatsTest {
    @Test
    void medianOfAnOddNumberOfValuesIsTheMiddleOne() {
        assertEquals(3, Stats.median(9, 1, 3));
    }

    @Test
    void medianOfAnEvenNumberOfValuesIsBetweenTheMiddleTwo() {
        assertEquals(2.5, Stats.median(4, 1, 3, 2));
    }

    @Test
    void oneOutlierMovesNeitherMedianNorQuartiles() {
        Stats.Spread calm = Stats.spread(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Stats.Spread disturbed = Stats.spread(1, 2, 3, 4, 5, 6, 7, 8, 9_000);
        assertEquals(new Stats.Spread(3, 5, 7, 9), calm);
        assertEquals(calm, disturbed);
    }

    @Test
    void quartilesOfFewValuesLieBetweenThem() {
        assertEquals(new Stats.Spread(15, 20, 25, 3), Stats.spread(30, 10, 20));
    }

    @Test
    void extremeQuantilesAreTheSmallestAndTheLargestValue() {
        assertEquals(1, Stats.quantile(0, 5, 1, 3));
        assertEquals(5, Stats.quantile(1, 5, 1, 3));
    }

    @Test
    void valuesAreLeftInTheirOrder() {
        double[] values = {3, 1, 2};
        Stats.median(values);
        assertEquals(3, values[0]);
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, Stats::median);
    }
}
