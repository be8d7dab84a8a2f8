package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * What memory answers while Redis is down. Immutable.
 *
 * @param enabled false also for the profile strict without rules
 * @param enterAfter how long Redis is away before fallback begins
 * @param leaveAfter how long Redis is back before it ends
 * @param maxBytes of known values
 * @param maxValueBytes the largest value that is kept
 * @param maxStale how old a known value may be and still be given
 * @param keys patterns, as KEYS takes them, of which one must match
 * @param rules the first that matches a key decides; complete, the last one matches all keys
 */
public record FallbackSettings(
        boolean enabled,
        FallbackProfile profile,
        Duration enterAfter,
        Duration leaveAfter,
        long maxBytes,
        long maxValueBytes,
        Duration maxStale,
        OnMiss onMiss,
        List<String> keys,
        List<FallbackRule> rules,
        RecoverySet recoverySet,
        ConflictNames conflicts,
        JournalSettings journal,
        RecorderSettings recorder) {
    public FallbackSettings {
        Require.notNegative("enterAfter", enterAfter);
        Require.notNegative("leaveAfter", leaveAfter);
        Require.notNegative("maxBytes", maxBytes);
        Require.notNegative("maxValueBytes", maxValueBytes);
        Require.positive("maxStale", maxStale);
        keys = List.copyOf(keys);
        rules = List.copyOf(rules);
        if (enabled && profile == FallbackProfile.STRICT && rules.size() < 2) {
            throw new IllegalArgumentException("the profile strict answers nothing from memory");
        }
    }
}
