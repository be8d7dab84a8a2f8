package dev.redoubt.proxy.fallback;

import java.util.Map;

/** What DEL, EXPIRE, TTL and their relatives say about their keys. */
final class KeyEffects {
    private static final int SECOND = 1000;

    private KeyEffects() {}

    static void register(Map<String, Effect> effects) {
        effects.put("DEL", KeyEffects::delete);
        effects.put("UNLINK", KeyEffects::delete);
        effects.put("EXISTS", KeyEffects::exists);
        effects.put(
                "EXPIRE", seen -> expire(seen, seen.nowMillis() + seen.command().number(2) * SECOND));
        effects.put(
                "PEXPIRE",
                seen -> expire(seen, seen.nowMillis() + seen.command().number(2)));
        effects.put("EXPIREAT", seen -> expire(seen, seen.command().number(2) * SECOND));
        effects.put("PEXPIREAT", seen -> expire(seen, seen.command().number(2)));
        effects.put("PERSIST", KeyEffects::persist);
        effects.put("TTL", KeyEffects::ttl);
        effects.put(
                "PTTL", seen -> remaining(seen, seen.nowMillis() + seen.reply().integer()));
        effects.put("EXPIRETIME", KeyEffects::expireTime);
        effects.put("PEXPIRETIME", seen -> remaining(seen, seen.reply().integer()));
    }

    private static void delete(Observation seen) {
        for (int i = 1; i < seen.command().count(); i++) {
            seen.learnAbsent(seen.key(i));
        }
    }

    private static void exists(Observation seen) {
        long count = seen.reply().integer();
        for (int i = 1; i < seen.command().count(); i++) {
            if (count == 0) {
                seen.learnAbsent(seen.key(i));
            } else if (count == seen.command().count() - 1) {
                seen.learnExists(seen.key(i));
            }
        }
    }

    /** 0 with a condition may mean either. A time in the past has deleted the key. */
    private static void expire(Observation seen, long expiryMillis) {
        StoreKey key = seen.key(1);
        if (seen.reply().integer() == 1) {
            if (expiryMillis <= seen.nowMillis()) {
                seen.learnAbsent(key);
            } else {
                seen.learnExpiry(key, expiryMillis);
            }
        } else if (seen.command().count() == 3) {
            seen.learnAbsent(key);
        }
    }

    private static void persist(Observation seen) {
        if (seen.reply().integer() == 1) {
            seen.learnExpiry(seen.key(1), Expiry.NONE);
        }
    }

    /** Rounded to the nearest second, so half a second may be missing: the earlier end is what is safe to serve until. */
    private static void ttl(Observation seen) {
        remainingSeconds(seen, seen.nowMillis() + seen.reply().integer() * SECOND);
    }

    private static void expireTime(Observation seen) {
        remainingSeconds(seen, seen.reply().integer() * SECOND);
    }

    /** What is known to the millisecond is not replaced by a guess that agrees with it. */
    private static void remainingSeconds(Observation seen, long aboutMillis) {
        KnownValue known = seen.knowledgeOf(seen.key(1));
        boolean agrees = known != null
                && Expiry.isTime(known.expiryMillis())
                && Math.abs(known.expiryMillis() - aboutMillis) <= SECOND;
        if (seen.reply().integer() < 0 || !agrees) {
            remaining(seen, aboutMillis - SECOND / 2);
        }
    }

    private static void remaining(Observation seen, long expiryMillis) {
        long reply = seen.reply().integer();
        if (reply == -2) {
            seen.learnAbsent(seen.key(1));
        } else {
            seen.learnExpiry(seen.key(1), reply == -1 ? Expiry.NONE : expiryMillis);
        }
    }
}
