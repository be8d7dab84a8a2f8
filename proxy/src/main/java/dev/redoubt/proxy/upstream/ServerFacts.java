package dev.redoubt.proxy.upstream;

import java.util.Map;

/** What was last seen of the server, to answer with while it is away. Immutable; empty before the first. */
public record ServerFacts(Map<String, String> info) {
    static final ServerFacts NONE = new ServerFacts(Map.of());

    public ServerFacts {
        info = Map.copyOf(info);
    }

    /** INFO's redis_version, or the version whose behaviour the built-in answers follow. */
    public String version() {
        return info.getOrDefault("redis_version", "7.0.15");
    }

    public String mode() {
        return info.getOrDefault("redis_mode", "standalone");
    }

    public String role() {
        return info.getOrDefault("role", "master");
    }

    /** Whether a server has been seen. */
    public boolean isKnown() {
        return !info.isEmpty();
    }
}
