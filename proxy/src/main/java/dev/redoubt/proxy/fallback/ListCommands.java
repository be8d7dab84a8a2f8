package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.ListValue.End;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists. Replies and errors as t_list.c of Redis 7.0 gives them. */
final class ListCommands {
    private ListCommands() {}

    static void register(CommandSet set) {
        set.always("LLEN", 2, ListCommands::length);
        set.always("LINDEX", 3, ListCommands::index);
        set.always("LRANGE", 4, ListCommands::range);
        set.always("LPUSH", -3, call -> push(call, End.LEFT));
        set.always("RPUSH", -3, call -> push(call, End.RIGHT));
        // What memory would give away in an outage others may have taken at Redis already.
        set.memoryOnly("LPOP", -2, call -> pop(call, End.LEFT));
        set.memoryOnly("RPOP", -2, call -> pop(call, End.RIGHT));
    }

    private static void length(Call call) {
        ListValue list = call.keys().read(call.key(1)).listOrNone();
        call.replyInteger(list == null ? 0 : list.size());
    }

    /** The index is looked at only if the key is there, as Redis does it. */
    private static void index(Call call) {
        ListValue list = call.keys().read(call.key(1)).listOrNone();
        if (list == null) {
            call.replyNull();
            return;
        }
        long given = call.integer(2);
        long index = given < 0 ? given + list.size() : given;
        if (index < 0 || index >= list.size()) {
            call.replyNull();
        } else {
            call.replyBulk(list.get((int) index));
        }
    }

    private static void range(Call call) {
        long start = call.integer(2);
        long end = call.integer(3);
        ListValue list = call.keys().read(call.key(1)).listOrNone();
        List<byte[]> elements = List.of();
        if (list != null) {
            int[] range = ListValue.range(start, end, list.size());
            elements = list.slice(range[0], range[1]);
        }
        call.replyArrayHeader(elements.size());
        elements.forEach(call::replyBulk);
    }

    /** Two who push do not contradict each other, but the length that is given may be one that others were given: so it is a counter's business. */
    private static void push(Call call, End end) {
        StoreKey key = call.key(1);
        Held held = call.keys().readForCounter(key);
        ListValue before = held.listOrNone();
        long bytes = before == null ? 0 : before.costBytes();
        for (int i = 2; i < call.count(); i++) {
            bytes += ListValue.costBytes(call.argument(i));
        }
        call.keys().requireRoom(List.of(new PlannedWrite(key, bytes)));
        ListValue list = writable(before, held);
        for (int i = 2; i < call.count(); i++) {
            list.push(end, call.argument(i));
        }
        call.keys().writeList(key, list, ListPushes.at(end, call.count() - 2), held.expiryMillis());
        call.replyInteger(list.size());
    }

    private static ListValue writable(@Nullable ListValue before, Held held) {
        return before == null ? new ListValue() : held.isOwn() ? before : before.copy();
    }

    private static void pop(Call call, End end) {
        if (call.count() > 3) {
            throw call.wrongArity();
        }
        boolean hasCount = call.count() == 3;
        long count = hasCount ? call.positive(2) : 1;
        StoreKey key = call.key(1);
        Held held = call.keys().readForWrite(key);
        ListValue before = held.listOrNone();
        if (before == null) {
            replyNothing(call, hasCount);
            return;
        }
        int pops = (int) Math.min(count, before.size());
        if (hasCount) {
            call.replyArrayHeader(pops);
        }
        ListValue list = pops == 0 ? before : writable(before, held);
        for (int i = 0; i < pops; i++) {
            call.replyBulk(list.pop(end));
        }
        if (pops > 0) {
            call.keys().writeList(key, list, ListPushes.NONE, held.expiryMillis());
        }
    }

    private static void replyNothing(Call call, boolean hasCount) {
        if (hasCount) {
            call.replyNullArray();
        } else {
            call.replyNull();
        }
    }
}
