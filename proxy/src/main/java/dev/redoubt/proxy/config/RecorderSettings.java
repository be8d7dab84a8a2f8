package dev.redoubt.proxy.config;

/**
 * How much traffic the flight recorder remembers, and what turning it into known values may cost. Immutable.
 *
 * @param maxBytes of the ring; 0 turns recording off
 * @param cpuPercent of one core, 0 to 100
 */
public record RecorderSettings(long maxBytes, int cpuPercent) {
    public RecorderSettings {
        Require.notNegative("maxBytes", maxBytes);
        Require.notNegative("cpuPercent", cpuPercent);
    }
}
