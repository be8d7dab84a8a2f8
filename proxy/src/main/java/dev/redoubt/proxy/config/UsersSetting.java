package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.usersFile;

import org.jspecify.annotations.Nullable;

/** Who clients are. Rows of the table of settings: see {@link Setting}. */
enum UsersSetting implements Setting {
    MODE(
            "users.mode",
            choice(UsersMode.class),
            "pass-through",
            "Who checks a client's user and password. pass-through: Redis, and the client is that user there. own: Redoubt, by users.file; at Redis all are the user of upstream.username."),
    FILE(
            "users.file",
            usersFile(),
            null,
            "The users of users.mode own, one a line, as in an ACL file of Redis: user NAME on #SHA256-OF-THE-PASSWORD, or >PASSWORD."),
    RELOAD_INTERVAL(
            "users.reload-interval", duration("100ms", "1d"), "10s", "How often users.file is looked at for changes.");

    private final Row row;

    UsersSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.USERS, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
