package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.flag;
import static dev.redoubt.proxy.config.ValueTypes.patterns;
import static dev.redoubt.proxy.config.ValueTypes.rules;

import org.jspecify.annotations.Nullable;

/** What memory answers while Redis is down. Rows of the table of settings: see {@link Setting}. */
enum FallbackSetting implements Setting {
    ENABLED("fallback.enabled", flag(), "true", "Whether memory answers while Redis is down."),
    PROFILE(
            "fallback.profile",
            choice(FallbackProfile.class),
            "cache",
            "cache: a miss is nil; session: a miss is an error; strict: nothing from memory."),
    ENTER_AFTER("fallback.enter-after", duration("0", "1h"), "1s", "How long Redis is away before it begins."),
    LEAVE_AFTER(
            "fallback.leave-after",
            duration("0", "1h"),
            "0",
            "How long Redis must be back before memory answers no more; what waits, waits so much longer."),
    MAX_BYTES("fallback.max-bytes", bytes("0", "64GB"), "64MB", "Memory for known values."),
    MAX_VALUE("fallback.max-value", bytes("0", "512MB"), "64KB", "The largest value that is kept."),
    MAX_STALE("fallback.max-stale", duration("1s", "365d"), "1d", "The oldest known value that is given."),
    ON_MISS(
            "fallback.on-miss",
            choice(OnMiss.class),
            null,
            "What a key that memory does not know gets. As fallback.profile says, unless given."),
    KEYS("fallback.keys", patterns(), "*", "The keys that memory may answer for."),
    RULES(
            "fallback.rules",
            rules(),
            null,
            "What memory does with the keys of a pattern: the first rule that matches decides, and what it leaves out is as the profile says.");

    private final Row row;

    FallbackSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.FALLBACK, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
