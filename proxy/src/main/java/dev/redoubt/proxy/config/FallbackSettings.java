package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * What memory answers while Redis is down. Immutable.
 *
 * @param enabled false also for the profile strict
 * @param enterAfter how long Redis is away before fallback begins
 * @param maxBytes of known values
 * @param maxValueBytes the largest value that is kept
 * @param maxStale how old a known value may be and still be given
 * @param keys patterns, as KEYS takes them, of which one must match
 */
public record FallbackSettings(
        boolean enabled,
        FallbackProfile profile,
        Duration enterAfter,
        long maxBytes,
        long maxValueBytes,
        Duration maxStale,
        OnMiss onMiss,
        List<String> keys,
        RecoverySet recoverySet,
        JournalSettings journal,
        RecorderSettings recorder) {
    public FallbackSettings {
        Require.notNegative("enterAfter", enterAfter);
        Require.notNegative("maxBytes", maxBytes);
        Require.notNegative("maxValueBytes", maxValueBytes);
        Require.positive("maxStale", maxStale);
        keys = List.copyOf(keys);
        if (enabled && profile == FallbackProfile.STRICT) {
            throw new IllegalArgumentException("the profile strict answers nothing from memory");
        }
    }
}
