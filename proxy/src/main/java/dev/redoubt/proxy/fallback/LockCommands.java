package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** Locks: {@code SET k v NX} with an expiry, as most libraries take them. */
final class LockCommands {
    private LockCommands() {}

    static void acquire(Call call, StoreKey key, byte[] value, long expiryMillis) {
        if (isDecidedHere(call, key)) {
            if (call.keys().readForLock(key).exists()) {
                call.keys().counters().lockDenied();
                call.replyNull();
                return;
            }
            call.keys().writeLock(key, value, expiryMillis);
            call.keys().counters().lockGranted();
        }
        call.replyOk();
    }

    /** False: it is granted, and nobody looks. */
    static boolean isDecidedHere(Call call, StoreKey key) {
        return switch (call.keys().lockPolicy(key)) {
            case LOCAL -> true;
            case FAIL_OPEN -> {
                call.keys().counters().lockUnasked();
                yield false;
            }
            case HOLD -> throw Verdict.HOLD;
            case REJECT ->
                throw Verdict.refused("UNAVAILABLE Redis is away and fallback.rules let nobody lock this key;"
                        + " it was not locked. Try again when Redis is back");
        };
    }

    /** What a lock holds; a key of another type is not looked at by scripts around locks. */
    static byte @Nullable [] string(Held held) {
        if (held.compound() != null) {
            throw Verdict.HOLD;
        }
        return held.value();
    }

    /** Absolute. What Redis would not take for a time it is to refuse itself. */
    static long expiry(Call call, byte[] given, int unitMillis) {
        if (!Numbers.isLong(given)) {
            throw Verdict.HOLD;
        }
        long time = Numbers.parseLong(given);
        if (Math.abs(time) > Long.MAX_VALUE / 2 / unitMillis - call.nowMillis()) {
            throw Verdict.HOLD;
        }
        return call.nowMillis() + time * unitMillis;
    }
}
