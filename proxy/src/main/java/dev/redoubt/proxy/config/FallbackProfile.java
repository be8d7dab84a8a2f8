package dev.redoubt.proxy.config;

import java.time.Duration;

/** What kind of data Redis holds, and so what memory may answer while Redis is down. */
public enum FallbackProfile {
    /** A miss is nil. */
    CACHE,
    /** A miss is an error, because nil would log users out. */
    SESSION,
    /** Nothing is answered from memory. */
    STRICT;

    /** What a key that memory does not know gets, unless {@code fallback.on-miss} says otherwise. */
    OnMiss onMiss() {
        return switch (this) {
            case CACHE -> OnMiss.NIL;
            case SESSION -> OnMiss.ERROR;
            case STRICT -> OnMiss.HOLD;
        };
    }

    /** What it does with every key for which there is no rule. */
    FallbackRule rule(OnMiss onMiss, Duration maxStale) {
        return switch (this) {
            case CACHE, SESSION -> FallbackRule.cache(onMiss, maxStale);
            case STRICT -> FallbackRule.nothing();
        };
    }
}
