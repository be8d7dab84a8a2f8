package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldBudgetRuleTest {
    @Test
    void patternsAndTimesInOrder() {
        Settings settings = Settings.of(Map.of("backlog.hold-budgets", "lock:* 500ms, command=eval 3s"));

        assertEquals(
                List.of(
                        new HoldBudgetRule("lock:*", Duration.ofMillis(500)),
                        new HoldBudgetRule("command=eval", Duration.ofSeconds(3))),
                settings.backlog().holdBudgets());
    }
}
