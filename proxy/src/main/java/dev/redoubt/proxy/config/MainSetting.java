package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.addressOrOff;
import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.file;
import static dev.redoubt.proxy.config.ValueTypes.flag;
import static dev.redoubt.proxy.config.ValueTypes.listenAddresses;
import static dev.redoubt.proxy.config.ValueTypes.redisUrl;

import org.jspecify.annotations.Nullable;

/** What everybody sets first: where clients connect, which Redis is asked. Rows of the table of settings: see {@link Setting}. */
public enum MainSetting implements Setting {
    LISTEN("listen", listenAddresses(), "localhost:6380", "Where clients connect; localhost is 127.0.0.1 and ::1."),
    UPSTREAM_URL("upstream", redisUrl(), "redis://localhost:6379", "The Redis that is asked."),
    ADMIN("admin", addressOrOff(), "127.0.0.1:8380", "Where /health and /metrics are served."),
    CONFIG("config", file("a readable YAML file"), null, "A YAML file with settings."),
    PROFILE("profile", choice(Profile.class), "prod", "prod keeps trying to reach Redis, dev gives up soon."),
    INSECURE_BIND("insecure-bind", flag(), "false", "Listen beyond loopback though no password protects it.");

    private final Row row;

    MainSetting(String key, ValueType<?> type, @Nullable String defaultText, String description) {
        row = new Row(Group.MAIN, key, type, defaultText, description);
    }

    @Override
    public Row row() {
        return row;
    }
}
