package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.holdBudgets;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** What waits while Redis is away. Rows of the table of settings: see {@link Setting}. */
enum BacklogSetting implements Setting {
    MAX_BYTES("backlog.max-bytes", bytes("64KB", "16GB"), "16MB", "Memory that waiting commands keep alive."),
    MAX_COMMANDS("backlog.max-commands", number(1, 100_000_000), "100000", "Commands that may wait."),
    HOLD_BUDGET("backlog.hold-budget", duration("0", "1h"), "10s", "The longest that a command may wait."),
    BUSY_HOLD(
            "backlog.busy-hold",
            duration("0", "1h"),
            "2s",
            "A script runs beyond its limit, so that Redis answers BUSY: commands wait for its end for so long, then clients get BUSY."),
    HOLD_BUDGETS(
            "backlog.hold-budgets",
            holdBudgets(),
            null,
            "The same for some: keys or command=NAME, and a time, whatever the library. The first that matches decides.");

    private final Row row;

    BacklogSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.BACKLOG, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
