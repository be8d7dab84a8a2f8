package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** Writes that memory acknowledged. Rows of the table of settings: see {@link Setting}. */
enum JournalSetting implements Setting {
    MAX_BYTES("journal.max-bytes", bytes("64KB", "64GB"), "64MB", "Full means: writes are refused."),
    MAX_ENTRIES("journal.max-entries", number(1, 1_000_000_000), "1000000", "Full means: writes are refused.");

    private final Row row;

    JournalSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.JOURNAL, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
