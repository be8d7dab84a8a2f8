package dev.redoubt.proxy.fallback;

/** Absolute expiry in milliseconds since 1970, as Redis keeps it, and two values that are no time. */
final class Expiry {
    static final long NONE = -1;
    /** The value was seen, its expiry was not: what depends on it cannot be answered. */
    static final long UNKNOWN = -2;

    private Expiry() {}

    /** True once the key is gone. At the very millisecond it is still there (Redis: {@code keyIsExpired}). */
    static boolean hasPassed(long expiryMillis, long nowMillis) {
        return isTime(expiryMillis) && nowMillis > expiryMillis;
    }

    static boolean isTime(long expiryMillis) {
        return expiryMillis >= 0;
    }
}
