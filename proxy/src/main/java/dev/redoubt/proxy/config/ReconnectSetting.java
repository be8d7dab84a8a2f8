package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.number;

import org.jspecify.annotations.Nullable;

/** How connecting is tried again. Rows of the table of settings: see {@link Setting}. */
enum ReconnectSetting implements Setting {
    INITIAL("reconnect.initial", duration("1ms", "1m"), "50ms", "The first wait."),
    CAP("reconnect.cap", duration("1ms", "10m"), "100ms", "The longest wait, at first."),
    CAP_FOR("reconnect.cap-for", duration("0", "1h"), "1m", "How long reconnect.cap is in force."),
    LATER_CAP("reconnect.later-cap", duration("1ms", "10m"), "3s", "The longest wait after that."),
    ATTEMPTS(
            "reconnect.attempts",
            number(0, 1_000_000),
            null,
            "Failed attempts before commands are no longer held; 0 is no limit. By profile: prod 0, dev 2.");

    private final Row row;

    ReconnectSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.RECONNECT, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
