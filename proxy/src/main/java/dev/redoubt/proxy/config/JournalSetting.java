package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.file;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** Writes that memory acknowledged. Rows of the table of settings: see {@link Setting}. */
enum JournalSetting implements Setting {
    MAX_BYTES("journal.max-bytes", bytes("64KB", "64GB"), "64MB", "Full means: writes are refused."),
    MAX_ENTRIES("journal.max-entries", number(1, 1_000_000_000), "1000000", "Full means: writes are refused."),
    MAX_AGE(
            "journal.max-age",
            duration("1s", "365d"),
            "1d",
            "How old the oldest write may be that Redis lacks; beyond it writes are refused."),
    DIR(
            "journal.dir",
            file("a directory, made if it is not there"),
            null,
            "Where the journal is kept on disk, so that a crash of Redoubt loses nothing."),
    FSYNC(
            "journal.fsync",
            choice(JournalFsync.class),
            "always",
            "always: a write is acknowledged when it is on disk; never: when the operating system has it.");

    private final Row row;

    JournalSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.JOURNAL, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
