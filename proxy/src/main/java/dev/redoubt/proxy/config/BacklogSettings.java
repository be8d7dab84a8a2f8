package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * How much may wait while Redis is away, and for how long. Immutable.
 *
 * @param maxBytes bytes kept alive, not bytes readable
 * @param busyHold how long of that for the end of a script that keeps Redis busy
 * @param holdBudgets for commands that a pattern takes, in place of {@code holdBudget}; the first that does decides
 */
public record BacklogSettings(
        long maxBytes, int maxCommands, Duration holdBudget, Duration busyHold, List<HoldBudgetRule> holdBudgets) {
    public BacklogSettings {
        holdBudgets = List.copyOf(holdBudgets);
        Require.positive("maxBytes", maxBytes);
        Require.positive("maxCommands", maxCommands);
        Require.notNegative("holdBudget", holdBudget);
        Require.notNegative("busyHold", busyHold);
    }
}
