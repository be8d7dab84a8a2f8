package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.ListValue.End;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What list commands and their replies say about their keys. A list is known whole, or not at all. */
final class ListEffects {
    private ListEffects() {}

    static void register(Map<String, Effect> effects) {
        effects.put("LRANGE", ListEffects::range);
        effects.put("LLEN", ListEffects::length);
        effects.put("LINDEX", ListEffects::index);
        effects.put("LPUSH", seen -> push(seen, End.LEFT));
        effects.put("RPUSH", seen -> push(seen, End.RIGHT));
        effects.put("LPOP", seen -> pop(seen, End.LEFT));
        effects.put("RPOP", seen -> pop(seen, End.RIGHT));
    }

    private static @Nullable ListValue known(Observation seen, StoreKey key) {
        KnownValue value = seen.knowledgeOf(key);
        return value != null && value.compound() instanceof ListValue list ? list : null;
    }

    private static boolean isKnownAbsent(Observation seen, StoreKey key) {
        KnownValue value = seen.knowledgeOf(key);
        return value != null && !value.exists();
    }

    private static void range(Observation seen) {
        StoreKey key = seen.key(1);
        long start = seen.command().number(2);
        long end = seen.command().number(3);
        if (!seen.reply().isArray()) {
            seen.forget(key);
        } else if (start == 0 && end == -1) {
            ListValue list = new ListValue();
            seen.reply().forEachElement(element -> list.push(End.RIGHT, element.value()));
            seen.learn(key, list, seen.keptExpiry(key), seen.nowMillis());
        } else if (!agrees(seen, key, start, end)) {
            seen.forget(key);
        }
    }

    /** Whether what is known, if anything, would have been the same answer. */
    private static boolean agrees(Observation seen, StoreKey key, long start, long end) {
        ListValue list = known(seen, key);
        if (list == null) {
            return seen.reply().length() == 0 || seen.knowledgeOf(key) == null;
        }
        int[] range = ListValue.range(start, end, list.size());
        List<byte[]> elements = list.slice(range[0], range[1]);
        if (elements.size() != seen.reply().length()) {
            return false;
        }
        AtomicInteger at = new AtomicInteger();
        AtomicInteger same = new AtomicInteger();
        seen.reply()
                .forEachElement(
                        element -> same.addAndGet(element.valueEquals(elements.get(at.getAndIncrement())) ? 1 : 0));
        return same.get() == elements.size();
    }

    private static void length(Observation seen) {
        StoreKey key = seen.key(1);
        ListValue list = known(seen, key);
        long length = seen.reply().integer();
        if (length == 0) {
            seen.learnAbsent(key);
        } else if (list == null || list.size() != length) {
            seen.forget(key);
        }
    }

    private static void index(Observation seen) {
        StoreKey key = seen.key(1);
        ListValue list = known(seen, key);
        if (list == null) {
            if (seen.reply().isBulk()) {
                seen.forget(key);
            }
            return;
        }
        long given = seen.command().number(2);
        long index = given < 0 ? given + list.size() : given;
        boolean isThere = index >= 0 && index < list.size();
        boolean agrees = isThere
                ? seen.reply().isBulk() && seen.reply().valueEquals(list.get((int) index))
                : seen.reply().isNull();
        if (!agrees) {
            seen.forget(key);
        }
    }

    /** The length says whether the list was what it was known to be, or that there was none. */
    private static void push(Observation seen, End end) {
        StoreKey key = seen.key(1);
        ListValue before = known(seen, key);
        int pushed = seen.command().count() - 2;
        long length = seen.reply().integer();
        if (before != null && before.size() + pushed == length) {
            pushTo(before.copy(), seen, end, seen.keptExpiry(key), seen.knownSince(key));
        } else if (pushed == length) {
            pushTo(new ListValue(), seen, end, Expiry.NONE, seen.nowMillis());
        } else {
            seen.forget(key);
        }
    }

    private static void pushTo(ListValue list, Observation seen, End end, long expiryMillis, long sinceMillis) {
        for (int i = 2; i < seen.command().count(); i++) {
            list.push(end, seen.command().argument(i));
        }
        seen.learn(seen.key(1), list, expiryMillis, sinceMillis);
    }

    /** Several at once are not worth following. */
    private static void pop(Observation seen, End end) {
        StoreKey key = seen.key(1);
        ListValue before = known(seen, key);
        if (seen.reply().isNull() && seen.command().count() == 2) {
            seen.learnAbsent(key);
        } else if (before == null || !seen.reply().isBulk()) {
            if (!isKnownAbsent(seen, key) || !seen.reply().isNull()) {
                seen.forget(key);
            }
        } else {
            ListValue list = before.copy();
            if (seen.reply().valueEquals(list.pop(end))) {
                seen.learn(key, list, seen.keptExpiry(key), seen.knownSince(key));
            } else {
                seen.forget(key);
            }
        }
    }
}
