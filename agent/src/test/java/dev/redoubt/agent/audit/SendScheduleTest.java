package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendScheduleTest {
    private long now;
    private final SendSchedule schedule = new SendSchedule(now);

    @Test
    void firstAfterFiveSecondsThenOnceAMinute() {
        assertEquals(5, secondsUntilDue());
        schedule.sent(true, now);
        assertEquals(60, secondsUntilDue());
        schedule.sent(true, now);
        assertEquals(60, secondsUntilDue());
    }

    @Test
    void aProxyThatDoesNotTakeThemIsAskedLessAndLessAndThenNoMore() {
        StringBuilder minutes = new StringBuilder();
        secondsUntilDue();
        for (int i = 1; i < SendSchedule.MAX_FAILURES; i++) {
            schedule.sent(false, now);
            minutes.append(secondsUntilDue() / 60).append(' ');
        }
        assertEquals("2 4 8 16 32 64 64 64 64 ", minutes.toString());

        schedule.sent(false, now);

        now += TimeUnit.DAYS.toNanos(365);
        assertFalse(schedule.isDue(now));
        assertTrue(schedule.hasGivenUp());
    }

    @Test
    void oneThatTakesThemAgainIsForgiven() {
        for (int i = 1; i < SendSchedule.MAX_FAILURES; i++) {
            schedule.sent(false, now);
        }
        schedule.sent(true, now);

        assertEquals(60, secondsUntilDue());
    }

    private long secondsUntilDue() {
        long start = now;
        while (!schedule.isDue(now)) {
            now += TimeUnit.SECONDS.toNanos(1);
        }
        return TimeUnit.NANOSECONDS.toSeconds(now - start);
    }
}
