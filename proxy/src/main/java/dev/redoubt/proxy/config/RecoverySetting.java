package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.choice;

import org.jspecify.annotations.Nullable;

/** How the journal comes to Redis. Rows of the table of settings: see {@link Setting}. */
enum RecoverySetting implements Setting {
    SET(
            "recovery.set",
            choice(RecoverySet.class),
            "replay-if-unchanged",
            "Who wins when a journal entry comes to Redis."),
    CONFLICTS(
            "recovery.conflicts",
            choice(ConflictNames.class),
            "hashes",
            "How /conflicts names the keys whose writes did not go to Redis: by hashes of them, or as they are.");

    private final Row row;

    RecoverySetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.RECOVERY, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
