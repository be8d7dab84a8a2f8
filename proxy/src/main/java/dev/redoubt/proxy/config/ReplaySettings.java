package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * What may be written a second time. Immutable.
 *
 * @param window how old an in-doubt command of class last-wins may be and still be replayed
 */
public record ReplaySettings(Duration window) {
    public ReplaySettings {
        Require.notNegative("window", window);
    }
}
