package dev.redoubt.proxy.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final long MILLI = 1_000_000;

    private final Unacknowledged due = new Unacknowledged();

    @Test
    void packetsThatNobodyAcknowledgesCountFromTheFirstReading() {
        assertEquals(0, at(1000, 3, 0, 40_000), "it was idle before: that says nothing");
        assertEquals(500, at(1500, 3, 0, 40_500));
        assertEquals(3000, at(4000, 5, 0, 43_000));
    }

    @Test
    void anAcknowledgementInBetweenBeginsTheCountAnew() {
        at(1000, 3, 0, 10);

        assertEquals(200, at(3000, 3, 0, 200));
        assertEquals(1200, at(4000, 3, 0, 1200));
    }

    @Test
    void allAcknowledgedIsNothingDue() {
        at(1000, 3, 0, 10);

        assertEquals(0, at(9000, 0, 0, 8_000));
        assertEquals(0, at(9500, 1, 0, 8_500), "counted from here");
    }

    @Test
    void aClosedWindowIsNothingDueAsLongAsItsProbesAreAnswered() {
        assertEquals(0, at(1000, 0, 0, 5));
        assertEquals(0, at(8000, 0, 0, 6_000), "between two probes, which come ever more rarely");
    }

    @Test
    void probesThatNobodyAnswersAreDue() {
        assertEquals(0, at(200, 0, 1, 100), "one alone may be too soon behind another");
        at(1000, 0, 2, 900);

        assertEquals(3000, at(4000, 0, 3, 3900));
    }

    /** Its memory is full, and it says so whenever something is sent again. */
    @Test
    void acknowledgedAndDroppedIsNothingDue() {
        assertEquals(0, due.nanos(new Acknowledgement(3, 0, 800, 800), 1000 * MILLI));
        assertEquals(0, due.nanos(new Acknowledgement(3, 0, 6_400, 6_400), 8000 * MILLI));
    }

    private long at(long millis, long packets, int probes, long ageMillis) {
        return due.nanos(new Acknowledgement(packets, probes, 0, ageMillis), millis * MILLI) / MILLI;
    }
}
