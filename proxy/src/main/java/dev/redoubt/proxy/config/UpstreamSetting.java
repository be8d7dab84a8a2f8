package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.file;
import static dev.redoubt.proxy.config.ValueTypes.flag;
import static dev.redoubt.proxy.config.ValueTypes.number;
import static dev.redoubt.proxy.config.ValueTypes.secret;
import static dev.redoubt.proxy.config.ValueTypes.text;

import org.jspecify.annotations.Nullable;

/** The Redis that is asked: who we are to it, and when its connection counts as gone. Rows of the table of settings: see {@link Setting}. */
enum UpstreamSetting implements Setting {
    USERNAME("upstream.username", text("a user of Redis"), null, "In place of the URL's user."),
    PASSWORD("upstream.password", secret("any text"), null, "In place of the URL's password."),
    PASSWORD_FILE(
            "upstream.password-file",
            file("a readable file"),
            null,
            "A file whose only line is the password. In place of upstream.password."),
    DB("upstream.db", number(0, RedisUrl.MAX_DB), "0", "In place of the URL's database."),
    DISABLED("upstream.disabled", flag(), "false", "No Redis at all: memory answers."),
    CONNECT_TIMEOUT("upstream.connect-timeout", duration("10ms", "1m"), "2s", "For one attempt to connect."),
    STALL_LIMIT(
            "upstream.stall-limit",
            duration("100ms", "1h"),
            "60s",
            "Bytes are acknowledged but no reply comes: the connection is given up after this. Lower it behind a balancer."),
    LOST_AFTER(
            "upstream.lost-after",
            duration("100ms", "5m"),
            "3s",
            "Bytes that the other machine does not acknowledge for this long mean a lost connection."),
    BEHIND_BALANCER(
            "upstream.behind-balancer",
            flag(),
            "false",
            "The address is a balancer's: a new server run behind it does not prove that the old one has ended."),
    PING_INTERVAL(
            "upstream.ping-interval",
            duration("10ms", "1h"),
            "1s",
            "How often the upstream is probed, and after how long a data connection is on which nothing happens.");

    private final Row row;

    UpstreamSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.UPSTREAM, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
