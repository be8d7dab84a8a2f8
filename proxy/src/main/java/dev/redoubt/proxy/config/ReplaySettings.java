package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * What may be written a second time. Immutable.
 *
 * @param window how old an in-doubt write may be and still be replayed
 * @param atMostOnce patterns of keys, or of commands behind {@code command=}, that are never repeated
 * @param atLeastOnce the same for what is repeated whatever its class
 */
public record ReplaySettings(Duration window, List<String> atMostOnce, List<String> atLeastOnce) {
    public ReplaySettings {
        atMostOnce = List.copyOf(atMostOnce);
        atLeastOnce = List.copyOf(atLeastOnce);
        Require.notNegative("window", window);
    }
}
