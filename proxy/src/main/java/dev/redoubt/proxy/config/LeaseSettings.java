package dev.redoubt.proxy.config;

/** How many upstream connections may be held alone by sessions at a time. Immutable. */
public record LeaseSettings(int max) {
    public LeaseSettings {
        Require.positive("max", max);
    }
}
