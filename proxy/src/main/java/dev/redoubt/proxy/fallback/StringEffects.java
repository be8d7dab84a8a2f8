package dev.redoubt.proxy.fallback;

import java.util.Arrays;
import java.util.Map;

/** What GET, SET and their relatives say about their keys. */
final class StringEffects {
    private StringEffects() {}

    static void register(Map<String, Effect> effects) {
        effects.put("GET", StringEffects::get);
        effects.put("SET", StringEffects::set);
        effects.put("SETEX", seen -> setWithExpiry(seen, 1000));
        effects.put("PSETEX", seen -> setWithExpiry(seen, 1));
        effects.put("SETNX", StringEffects::setNx);
        effects.put("MSET", StringEffects::mset);
        effects.put("MSETNX", StringEffects::msetNx);
        effects.put("GETSET", seen -> seen.learn(seen.key(1), seen.command().argument(2), Expiry.NONE));
        effects.put("GETDEL", seen -> seen.learnAbsent(seen.key(1)));
        effects.put("GETEX", StringEffects::getEx);
        effects.put("STRLEN", StringEffects::strlen);
        effects.put("APPEND", StringEffects::append);
        effects.put("INCR", StringEffects::increment);
        effects.put("DECR", StringEffects::increment);
        effects.put("INCRBY", StringEffects::increment);
        effects.put("DECRBY", StringEffects::increment);
        effects.put("INCRBYFLOAT", StringEffects::incrementByFloat);
    }

    private static void get(Observation seen) {
        if (seen.reply().isBulk()) {
            seen.learnFromReply(seen.key(1));
        } else if (seen.reply().isNull()) {
            seen.learnAbsent(seen.key(1));
        }
    }

    private static void set(Observation seen) {
        StoreKey key = seen.key(1);
        RecordedSetOptions options = RecordedSetOptions.of(seen.command(), 3, seen.nowMillis());
        boolean wasSet = switch (options.condition()) {
            case ALWAYS -> true;
            case IF_ABSENT ->
                options.returnsOld() ? seen.reply().isNull() : seen.reply().isOk();
            case IF_PRESENT ->
                options.returnsOld() ? seen.reply().isBulk() : seen.reply().isOk();
        };
        if (options.isUnreadable()) {
            seen.forget(key);
        } else if (wasSet) {
            long expiry = options.keepsExpiry() ? seen.keptExpiry(key) : options.expiryMillis();
            seen.learn(key, seen.command().argument(2), expiry);
        } else if (options.condition() == RecordedSetOptions.Condition.IF_PRESENT) {
            seen.learnAbsent(key);
        } else if (seen.reply().isBulk()) {
            seen.learnFromReply(key);
        } else {
            seen.learnExists(key);
        }
    }

    private static void setWithExpiry(Observation seen, int unitMillis) {
        long expiry = seen.nowMillis() + seen.command().number(2) * unitMillis;
        seen.learn(seen.key(1), seen.command().argument(3), expiry);
    }

    private static void setNx(Observation seen) {
        if (seen.reply().integer() == 1) {
            seen.learn(seen.key(1), seen.command().argument(2), Expiry.NONE);
        } else {
            seen.learnExists(seen.key(1));
        }
    }

    private static void mset(Observation seen) {
        for (int i = 1; i + 1 < seen.command().count(); i += 2) {
            seen.learn(seen.key(i), seen.command().argument(i + 1), Expiry.NONE);
        }
    }

    /** A refusal says that one of them exists, not which. */
    private static void msetNx(Observation seen) {
        if (seen.reply().integer() == 1) {
            mset(seen);
            return;
        }
        for (int i = 1; i + 1 < seen.command().count(); i += 2) {
            seen.learnExists(seen.key(i));
        }
    }

    private static void getEx(Observation seen) {
        StoreKey key = seen.key(1);
        if (!seen.reply().isBulk()) {
            seen.learnAbsent(key);
            return;
        }
        seen.learnFromReply(key);
        if (seen.command().count() > 2) {
            RecordedSetOptions options = RecordedSetOptions.of(seen.command(), 2, seen.nowMillis());
            if (options.isUnreadable()) {
                seen.forget(key);
            } else {
                seen.learnExpiry(key, options.expiryMillis());
            }
        }
    }

    /** Another length than that of the value means that somebody else has written it. */
    private static void strlen(Observation seen) {
        KnownValue known = seen.knowledgeOf(seen.key(1));
        byte[] value = known == null ? null : known.value();
        if (known != null && seen.reply().integer() != (value == null ? 0 : value.length)) {
            seen.forget(seen.key(1));
        }
    }

    private static void append(Observation seen) {
        StoreKey key = seen.key(1);
        byte[] tail = seen.command().argument(2);
        KnownValue known = seen.knowledgeOf(key);
        byte[] head = known == null ? null : known.value();
        long length = seen.reply().integer();
        if (head != null && head.length + tail.length == length) {
            byte[] value = Arrays.copyOf(head, head.length + tail.length);
            System.arraycopy(tail, 0, value, head.length, tail.length);
            seen.learn(key, value, seen.keptExpiry(key));
        } else if (tail.length == length) {
            seen.learn(key, tail, known != null && head == null ? Expiry.NONE : Expiry.UNKNOWN);
        } else {
            seen.forget(key);
        }
    }

    private static void increment(Observation seen) {
        StoreKey key = seen.key(1);
        seen.learn(key, Numbers.toBytes(seen.reply().integer()), seen.keptExpiry(key));
    }

    private static void incrementByFloat(Observation seen) {
        StoreKey key = seen.key(1);
        seen.learn(key, seen.reply().value(), seen.keptExpiry(key));
    }
}
