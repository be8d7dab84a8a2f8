package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.duration;

import org.jspecify.annotations.Nullable;

/** What is written again after its connection was lost. Rows of the table of settings: see {@link Setting}. */
enum ReplaySetting implements Setting {
    WINDOW(
            "replay.window",
            duration("0", "1h"),
            null,
            "How old an in-doubt SET may be and still be replayed. As backlog.hold-budget, unless given.");

    private final Row row;

    ReplaySetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.REPLAY, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
