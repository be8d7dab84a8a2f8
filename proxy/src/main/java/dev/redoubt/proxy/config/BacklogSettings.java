package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * How much may wait while Redis is away, and for how long. Immutable.
 *
 * @param maxBytes bytes kept alive, not bytes readable
 * @param busyHold how long of that for the end of a script that keeps Redis busy
 */
public record BacklogSettings(long maxBytes, int maxCommands, Duration holdBudget, Duration busyHold) {
    public BacklogSettings {
        Require.positive("maxBytes", maxBytes);
        Require.positive("maxCommands", maxCommands);
        Require.notNegative("holdBudget", holdBudget);
        Require.notNegative("busyHold", busyHold);
    }
}
