package dev.redoubt.proxy.config;

/**
 * Upstream connections that sessions hold alone. Immutable.
 *
 * @param max how many at a time
 * @param blockingOnLoss what becomes of blocking commands on one whose other end is unknown
 */
public record LeaseSettings(int max, BlockingOnLoss blockingOnLoss) {
    public LeaseSettings {
        Require.positive("max", max);
    }
}
