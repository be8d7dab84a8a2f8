package dev.redoubt.proxy.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Throttle throttle = new Throttle(Duration.ofNanos(100));

    @Test
    void theFirstPasses() {
        assertEquals(1, throttle.pass(-5));
    }

    @Test
    void whatIsHeldBackIsCounted() {
        throttle.pass(0);

        assertEquals(0, throttle.pass(1));
        assertEquals(0, throttle.pass(99));
        assertEquals(3, throttle.pass(100));
        assertEquals(0, throttle.pass(199));
        assertEquals(2, throttle.pass(250));
    }
}
