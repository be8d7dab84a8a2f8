package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** The scripts that clients bring. Rows of the table of settings: see {@link Setting}. */
enum ScriptSetting implements Setting {
    MAX_COUNT(
            "scripts.max-count",
            number(0, 100_000),
            "1000",
            "Scripts of EVAL and SCRIPT LOAD that are remembered, for a Redis that is started anew. 0 is none."),
    MAX_BYTES("scripts.max-bytes", bytes("0", "1GB"), "4MB", "Bytes of their texts.");

    private final Row row;

    ScriptSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.SCRIPTS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
