package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.command.HoldBudgetRules.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldBudgetRulesTest {
    private final CommandTable table = CommandTable.builtIn();
    private final HoldBudgetRules rules = new HoldBudgetRules(List.of(
            new Rule(new CallPattern("lock:*"), Duration.ofMillis(500)),
            new Rule(new CallPattern("command=EVAL*"), Duration.ofSeconds(3)),
            new Rule(new CallPattern("command=incr"), Duration.ZERO)));

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            GET lock:1           => 500
            MGET a lock:1        => 500
            EVAL s 1 lock:1      => 500
            EVALSHA s 1 a        => 3000
            INCR a               => 0
            INCR lock:1          => 500
            """)
    void theFirstThatTakesACallDecides(String call, long millis) {
        assertEquals(
                Duration.ofMillis(millis).toNanos(),
                rules.nanos(List.of(Words.call(table, call))).orElseThrow());
    }

    @Test
    void nothingIsSaidAboutOthers() {
        assertTrue(rules.nanos(List.of(Words.call(table, "GET a"))).isEmpty());
        assertTrue(rules.nanos(List.of(Words.call(table, "PING"))).isEmpty());
        assertTrue(rules.nanos(List.of()).isEmpty());
    }
}
