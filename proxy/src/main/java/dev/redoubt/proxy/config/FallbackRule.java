package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * What memory may do with the keys of one pattern while Redis is down. Immutable.
 *
 * @param keys a pattern, as KEYS takes it
 * @param onMiss what a read gets of a key that memory does not know
 * @param counters for INCR, APPEND and the like, which make the new value from the old one
 * @param maxStale how old a known value may be and still be given
 */
public record FallbackRule(
        String keys,
        ReadPolicy read,
        OnMiss onMiss,
        WritePolicy write,
        LockPolicy locks,
        WritePolicy counters,
        Duration maxStale) {
    private static final Duration NEVER_TOO_OLD = Duration.ofDays(36_500);

    public FallbackRule {
        Require.positive("maxStale", maxStale);
    }

    /** For all keys what the profile cache does, but for a miss. */
    public static FallbackRule cache(OnMiss onMiss, Duration maxStale) {
        return new FallbackRule(
                "*", ReadPolicy.STALE, onMiss, WritePolicy.JOURNAL, LockPolicy.LOCAL, WritePolicy.HOLD, maxStale);
    }

    /** The profile cache, with values that are never too old. */
    public static FallbackRule cache() {
        return cache(OnMiss.NIL, NEVER_TOO_OLD);
    }

    /** Everything waits for Redis. */
    public static FallbackRule nothing() {
        return new FallbackRule(
                "*", ReadPolicy.HOLD, OnMiss.HOLD, WritePolicy.HOLD, LockPolicy.HOLD, WritePolicy.HOLD, NEVER_TOO_OLD);
    }
}
