package dev.redoubt.proxy.config;

/** How many scripts of clients are remembered, and how many bytes of their texts. Immutable. */
public record ScriptSettings(int maxCount, long maxBytes) {
    public ScriptSettings {
        Require.notNegative("maxCount", maxCount);
        Require.notNegative("maxBytes", maxBytes);
    }
}
