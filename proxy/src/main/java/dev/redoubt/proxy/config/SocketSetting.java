package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.fileMode;
import static dev.redoubt.proxy.config.ValueTypes.text;

import org.jspecify.annotations.Nullable;

/** The files of the Unix sockets that listen names. Rows of the table of settings: see {@link Setting}. */
public enum SocketSetting implements Setting {
    MODE(
            "socket.mode",
            fileMode(),
            null,
            "Who may connect, as chmod writes it. 700, or 770 with socket.group, unless given."),
    OWNER("socket.owner", text("a user, by name or number"), null, "Whose file it is. Takes root, as chown does."),
    GROUP("socket.group", text("a group, by name or number"), null, "Its group, which then may connect too.");

    private final Row row;

    SocketSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.SOCKETS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
