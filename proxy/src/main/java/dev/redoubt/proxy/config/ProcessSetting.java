package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;

import org.jspecify.annotations.Nullable;

/** The process itself. Rows of the table of settings: see {@link Setting}. */
public enum ProcessSetting implements Setting {
    SHUTDOWN_GRACE("shutdown.grace", duration("0", "10m"), "10s", "To finish what is in flight, after SIGTERM."),
    LOG_LEVEL("log.level", choice(LogLevel.class), "info", "The least severe lines that are logged."),
    LOG_FORMAT(
            "log.format", choice(LogFormat.class), "terminal", "terminal: lines to be read; json: one object a line."),
    TRANSPORT(
            "transport",
            choice(Transport.class),
            "auto",
            "How sockets are driven. auto: epoll on Linux, kqueue on macOS, nio elsewhere. Another that does not work here is an error.");

    private final Row row;

    ProcessSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.PROCESS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
