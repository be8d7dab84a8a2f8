package dev.redoubt.proxy.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What INFO's section "server" says. Immutable. */
final class ServerInfo {
    private static final int MINIMUM_MAJOR = 6;
    private static final int MINIMUM_MINOR = 2;

    private final Map<String, String> fields;

    ServerInfo(byte[] info) {
        fields = new String(info, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }

    /** Valkey says its own version beside the Redis version that it is compatible with. */
    String product() {
        return fields.containsKey("valkey_version") ? "Valkey" : "Redis";
    }

    String version() {
        return fields.getOrDefault("valkey_version", fields.getOrDefault("redis_version", "unknown"));
    }

    /** By the Redis version, which Valkey states too. */
    boolean isSupported() {
        String[] parts = fields.getOrDefault("redis_version", "0.0").split("\\.");
        int major = number(parts[0]);
        int minor = parts.length > 1 ? number(parts[1]) : 0;
        return major > MINIMUM_MAJOR || (major == MINIMUM_MAJOR && minor >= MINIMUM_MINOR);
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
