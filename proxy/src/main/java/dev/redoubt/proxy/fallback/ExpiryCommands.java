package dev.redoubt.proxy.fallback;

/** Commands about the time that keys have left. Where the expiry was never seen they wait for Redis. */
final class ExpiryCommands {
    private static final long SECOND = 1000;

    private ExpiryCommands() {}

    static void register(CommandSet set) {
        set.always("EXPIRE", -3, call -> expire(call, SECOND, call.nowMillis()));
        set.always("PEXPIRE", -3, call -> expire(call, 1, call.nowMillis()));
        set.always("EXPIREAT", -3, call -> expire(call, SECOND, 0));
        set.always("PEXPIREAT", -3, call -> expire(call, 1, 0));
        set.always("TTL", 2, call -> remaining(call, SECOND, call.nowMillis()));
        set.always("PTTL", 2, call -> remaining(call, 1, call.nowMillis()));
        set.always("EXPIRETIME", 2, call -> remaining(call, SECOND, 0));
        set.always("PEXPIRETIME", 2, call -> remaining(call, 1, 0));
        set.always("PERSIST", 2, ExpiryCommands::persist);
    }

    /** @param originMillis what the given time counts from */
    private static void expire(Call call, long unitMillis, long originMillis) {
        ExpireCondition condition = ExpireCondition.of(call);
        long expiry = absolute(call, unitMillis, originMillis);
        StoreKey key = call.key(1);
        Held held = call.keys().readForWrite(key);
        if (!held.exists() || !condition.holds(held.expiryMillis(), expiry)) {
            call.replyInteger(0);
            return;
        }
        if (expiry <= call.nowMillis()) {
            call.keys().delete(key);
        } else {
            call.keys().changeExpiry(key, held, expiry);
        }
        call.replyInteger(1);
    }

    private static long absolute(Call call, long unitMillis, long originMillis) {
        long given = call.integer(2);
        if (given > Long.MAX_VALUE / unitMillis || given < Long.MIN_VALUE / unitMillis) {
            throw call.invalidExpireTime();
        }
        if (given * unitMillis > Long.MAX_VALUE - originMillis) {
            throw call.invalidExpireTime();
        }
        return given * unitMillis + originMillis;
    }

    /** @param originMillis what the reply counts from: now, or 1970 */
    private static void remaining(Call call, long unitMillis, long originMillis) {
        Held held = call.keys().read(call.key(1));
        if (!held.exists()) {
            call.replyInteger(-2);
            return;
        }
        long expiry = knownExpiry(held);
        if (expiry == Expiry.NONE) {
            call.replyInteger(-1);
            return;
        }
        long millis = Math.max(0, expiry - originMillis);
        // Unsigned: so Redis, as it is compiled, rounds the latest times that there are.
        call.replyInteger(unitMillis == 1 ? millis : Long.divideUnsigned(millis + 500, SECOND));
    }

    private static void persist(Call call) {
        StoreKey key = call.key(1);
        Held held = call.keys().readForWrite(key);
        boolean removes = held.exists() && knownExpiry(held) != Expiry.NONE;
        if (removes) {
            call.keys().changeExpiry(key, held, Expiry.NONE);
        }
        call.replyInteger(removes ? 1 : 0);
    }

    private static long knownExpiry(Held held) {
        if (held.expiryMillis() == Expiry.UNKNOWN) {
            throw Verdict.HOLD;
        }
        return held.expiryMillis();
    }
}
