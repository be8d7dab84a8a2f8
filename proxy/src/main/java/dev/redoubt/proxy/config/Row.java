package dev.redoubt.proxy.config;

import dev.redoubt.proxy.config.ValueType.Masking;
import dev.redoubt.proxy.config.ValueType.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the table says of a setting. Immutable.
 *
 * @param key the name in YAML; those of the environment and of the command line follow from it
 * @param defaultText the default as one would write it; null if there is none, or if the description says what it follows from
 * @param description what it does, in a sentence
 */
record Row(
        Group group,
        String key,
        ValueType<?> type,
        @Nullable String defaultText,
        String description) {
    private static final String ENVIRONMENT_PREFIX = "REDOUBT_";
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "upstream", "upstream.url",
            "clients.max", "maxclients",
            "clients.query-buffer", "client-query-buffer-limit",
            "clients.output-limit", "client-output-buffer-limit",
            "clients.max-bulk", "proto-max-bulk-len",
            "clients.timeout", "timeout",
            "clients.tcp-keepalive", "tcp-keepalive");

    /** The key, and its other name: Redis's own, or where a key is also the title of a mapping in YAML ({@code upstream:}) the one to use inside it. */
    List<String> keys() {
        String other = OTHER_NAMES.get(key);
        return other == null ? List.of(key) : List.of(key, other);
    }

    List<String> environmentNames() {
        return keys().stream().map(Row::environmentName).toList();
    }

    static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    List<String> options() {
        return keys().stream().map(Row::option).toList();
    }

    static String option(String key) {
        return "--" + key.replace('.', '-');
    }

    boolean isOf(Shape shape) {
        return type.shape() == shape;
    }

    boolean isSecret() {
        return type.masking() == Masking.WHOLE;
    }
}
