package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.patterns;

import org.jspecify.annotations.Nullable;

/** What is written again after its connection was lost. Rows of the table of settings: see {@link Setting}. */
enum ReplaySetting implements Setting {
    WINDOW(
            "replay.window",
            duration("0", "1h"),
            null,
            "How old an in-doubt SET may be and still be replayed. As backlog.hold-budget, unless given."),
    AT_MOST_ONCE(
            "replay.at-most-once",
            patterns(),
            null,
            "Keys whose in-doubt writes are never repeated; command=set means a command."),
    AT_LEAST_ONCE(
            "replay.at-least-once",
            patterns(),
            null,
            "Keys whose in-doubt writes are repeated although they may count twice; command=lpush means a command.");

    private final Row row;

    ReplaySetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.REPLAY, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
