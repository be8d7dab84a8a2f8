package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.HashValue.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What hash commands and their replies say about their keys. A field says nothing of the others, and keeps nothing fresh but itself. */
final class HashEffects {
    private HashEffects() {}

    static void register(Map<String, Effect> effects) {
        effects.put("HGETALL", HashEffects::getAll);
        effects.put(
                "HGET",
                seen -> field(seen, 2, seen.reply().isBulk() ? seen.reply().value() : null));
        effects.put("HMGET", HashEffects::mget);
        effects.put("HSET", HashEffects::set);
        effects.put("HMSET", HashEffects::set);
        effects.put("HSETNX", HashEffects::setNx);
        effects.put("HDEL", HashEffects::delete);
        effects.put("HEXISTS", HashEffects::exists);
        effects.put("HLEN", HashEffects::length);
        effects.put(
                "HINCRBY", seen -> field(seen, 2, Numbers.toBytes(seen.reply().integer())));
        effects.put("HINCRBYFLOAT", seen -> field(seen, 2, seen.reply().value()));
    }

    private static void getAll(Observation seen) {
        StoreKey key = seen.key(1);
        if (!seen.reply().isPairs()) {
            seen.forget(key);
            return;
        }
        HashValue hash = HashValue.whole(Type.HASH);
        seen.reply().forEachPair((field, value) -> hash.put(HashValue.field(field), value));
        seen.learn(key, hash, seen.keptExpiry(key), seen.nowMillis());
    }

    /** @param value null: it is absent */
    private static void field(Observation seen, int argument, byte @Nullable [] value) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        if (hash == null) {
            seen.forget(key); // something else was known: others have written
            return;
        }
        change(hash, seen.command().argument(argument), value);
        learn(seen, key, hash);
    }

    private static void change(HashValue hash, byte[] field, byte @Nullable [] value) {
        if (value == null) {
            hash.remove(HashValue.field(field));
        } else {
            hash.put(HashValue.field(field), value);
        }
    }

    private static void learn(Observation seen, StoreKey key, HashValue hash) {
        seen.learn(key, hash, seen.keptExpiry(key), seen.knownSince(key));
    }

    private static void mget(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        if (hash == null || !seen.reply().isArray()) {
            seen.forget(key);
            return;
        }
        RespCursor cursor = new RespCursor();
        RecordedReply element = new RecordedReply();
        byte[] bytes = seen.reply().bytes();
        cursor.over(bytes, seen.reply().from(), bytes.length - seen.reply().from());
        for (int i = 0; i < seen.reply().length(); i++) {
            cursor.readReply(element);
            change(hash, seen.command().argument(i + 2), element.isBulk() ? element.value() : null);
        }
        learn(seen, key, hash);
    }

    private static void set(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        if (hash == null) {
            seen.forget(key);
            return;
        }
        for (int i = 2; i + 1 < seen.command().count(); i += 2) {
            change(hash, seen.command().argument(i), seen.command().argument(i + 1));
        }
        learn(seen, key, hash);
    }

    private static void setNx(Observation seen) {
        if (seen.reply().integer() == 1) {
            field(seen, 2, seen.command().argument(3));
        } else {
            exists(seen, 1);
        }
    }

    private static void delete(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        if (hash == null) {
            seen.forget(key);
            return;
        }
        for (int i = 2; i < seen.command().count(); i++) {
            change(hash, seen.command().argument(i), null);
        }
        learn(seen, key, hash);
    }

    private static void exists(Observation seen) {
        exists(seen, seen.reply().integer());
    }

    /** A field that is there and was not known to be means that others have written. */
    private static void exists(Observation seen, long isThere) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        StoreKey field = HashValue.field(seen.command().argument(2));
        if (isThere == 0) {
            field(seen, 2, null);
        } else if (hash == null || hash.knows(field) && hash.get(field) == null) {
            seen.forget(key);
        }
    }

    private static void length(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue hash = seen.fieldsToChange(key, Type.HASH);
        long length = seen.reply().integer();
        if (length == 0) {
            seen.learnAbsent(key);
        } else if (hash == null || hash.isWhole() && hash.size() != length) {
            seen.forget(key);
        }
    }
}
