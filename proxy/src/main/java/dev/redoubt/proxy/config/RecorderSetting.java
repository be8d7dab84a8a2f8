package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** What keeps memory warm. Rows of the table of settings: see {@link Setting}. */
enum RecorderSetting implements Setting {
    MAX_BYTES("recorder.max-bytes", bytes("0", "16GB"), "16MB", "Traffic that is remembered unread."),
    CPU_PERCENT("recorder.cpu-percent", number(0, 100), "2", "Of one core, for turning it into known values.");

    private final Row row;

    RecorderSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.RECORDER, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
