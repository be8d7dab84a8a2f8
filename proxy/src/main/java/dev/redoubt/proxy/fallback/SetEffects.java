package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.HashValue.Type;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What set commands and their replies say about their keys. A member says nothing of the others, and keeps nothing fresh but itself. */
final class SetEffects {
    private static final byte[] NOTHING = {};

    private SetEffects() {}

    static void register(Map<String, Effect> effects) {
        effects.put("SMEMBERS", SetEffects::members);
        effects.put("SISMEMBER", SetEffects::isMember);
        effects.put("SMISMEMBER", SetEffects::areMembers);
        effects.put("SADD", seen -> change(seen, true));
        effects.put("SREM", seen -> change(seen, false));
        effects.put("SCARD", SetEffects::size);
    }

    private static void members(Observation seen) {
        StoreKey key = seen.key(1);
        if (!seen.reply().isCollection()) {
            seen.forget(key);
            return;
        }
        HashValue members = HashValue.whole(Type.SET);
        seen.reply().forEachElement(member -> members.put(HashValue.field(member.value()), NOTHING));
        seen.learn(key, members, seen.keptExpiry(key), seen.nowMillis());
    }

    private static void isMember(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue members = seen.fieldsToChange(key, Type.SET);
        if (members == null) {
            seen.forget(key); // something else was known: others have written
            return;
        }
        note(members, seen.command().argument(2), seen.reply().integer());
        learn(seen, key, members);
    }

    private static void areMembers(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue members = seen.fieldsToChange(key, Type.SET);
        if (members == null || !seen.reply().isArray()) {
            seen.forget(key);
            return;
        }
        AtomicInteger at = new AtomicInteger(2);
        seen.reply().forEachElement(is -> note(members, seen.command().argument(at.getAndIncrement()), is.integer()));
        learn(seen, key, members);
    }

    private static void note(HashValue members, byte[] member, long isThere) {
        if (isThere == 1) {
            members.put(HashValue.field(member), NOTHING);
        } else {
            members.remove(HashValue.field(member));
        }
    }

    private static void learn(Observation seen, StoreKey key, HashValue members) {
        seen.learn(key, members, seen.keptExpiry(key), seen.knownSince(key));
    }

    /** Another number than what was known makes means that others have written. */
    private static void change(Observation seen, boolean adds) {
        StoreKey key = seen.key(1);
        HashValue members = seen.fieldsToChange(key, Type.SET);
        if (members == null) {
            seen.forget(key);
            return;
        }
        int before = members.size();
        for (int i = 2; i < seen.command().count(); i++) {
            note(members, seen.command().argument(i), adds ? 1 : 0);
        }
        long changed = Math.abs(members.size() - before);
        if (members.isWhole() && changed != seen.reply().integer()) {
            seen.forget(key);
        } else {
            learn(seen, key, members);
        }
    }

    private static void size(Observation seen) {
        StoreKey key = seen.key(1);
        HashValue members = seen.fieldsToChange(key, Type.SET);
        long size = seen.reply().integer();
        if (size == 0) {
            seen.learnAbsent(key);
        } else if (members == null || members.isWhole() && members.size() != size) {
            seen.forget(key);
        }
    }
}
