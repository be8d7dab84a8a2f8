package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldBudgetsTest {
    /** Names as the libraries send them with CLIENT SETINFO LIB-NAME. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            # name,                            configured ms, budget ms
            jedis,                             10000,         1600
            Jedis,                             10000,         1600
            jedis(spring-data-redis_v3.2.0),   10000,         1600
            `go-redis(,go1.22.1)`,             10000,         2400
            redis-py,                          10000,         4000
            Lettuce,                           10000,         10000
            Lettuce,                           60000,         48000
            ioredis,                           10000,         10000
            node-redis,                        10000,         10000
            ``,                                10000,         10000
            jed,                               10000,         10000
            jedis,                             1000,          1000
            """)
    void budgetIsTheSmallerOfTheConfiguredAndTheLibrarysOwn(String name, long configured, long expected) {
        assertEquals(Duration.ofMillis(expected), HoldBudgets.of(name, Duration.ofMillis(configured)));
    }
}
