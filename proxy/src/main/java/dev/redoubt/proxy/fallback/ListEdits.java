package dev.redoubt.proxy.fallback;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes a list in its middle: with memory only, as a list at Redis is not compared element by element. Replies and errors as t_list.c of Redis 7.0 gives them. */
final class ListEdits {
    private ListEdits() {}

    static void register(CommandSet set) {
        set.memoryOnly("LSET", 4, ListEdits::set);
        set.memoryOnly("LREM", 4, ListEdits::remove);
        set.memoryOnly("LTRIM", 4, ListEdits::trim);
    }

    /** The index is looked at only if the key is there, as Redis does it. */
    private static void set(Call call) {
        Held held = call.keys().readForWrite(call.key(1));
        ListValue before = held.listOrNone();
        if (before == null) {
            throw Verdict.error("ERR no such key");
        }
        long given = call.integer(2);
        long index = given < 0 ? given + before.size() : given;
        if (index < 0 || index >= before.size()) {
            throw Verdict.error("ERR index out of range");
        }
        byte[] element = call.argument(3);
        long bytes = before.costBytes() - ListValue.costBytes(before.get((int) index)) + ListValue.costBytes(element);
        call.keys().requireRoom(List.of(new PlannedWrite(call.key(1), bytes)));
        ListValue list = held.isOwn() ? before : before.copy();
        list.set((int) index, element);
        write(call, held, list);
        call.replyOk();
    }

    private static void trim(Call call) {
        long start = call.integer(2);
        long end = call.integer(3);
        Held held = call.keys().readForWrite(call.key(1));
        ListValue before = held.listOrNone();
        if (before != null) {
            int[] range = ListValue.range(start, end, before.size());
            write(call, held, listOf(before.slice(range[0], range[1])));
        }
        call.replyOk();
    }

    private static void remove(Call call) {
        long count = call.integer(2);
        Held held = call.keys().readForWrite(call.key(1));
        @Nullable ListValue before = held.listOrNone();
        if (before == null) {
            call.replyInteger(0);
            return;
        }
        byte[][] elements = before.slice(0, before.size()).toArray(byte[][]::new);
        int removed = strike(elements, call.argument(3), count);
        if (removed > 0) {
            List<byte[]> left =
                    Arrays.stream(elements).filter(element -> element != null).toList();
            write(call, held, listOf(left));
        }
        call.replyInteger(removed);
    }

    /** From the end if the count is negative; all of them if it is 0, or has no positive counterpart. Returns how many are null now. */
    private static int strike(@Nullable byte[][] elements, byte[] element, long count) {
        int removed = 0;
        long most = count == 0 || count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
        for (int i = 0; i < elements.length && removed < most; i++) {
            int at = count < 0 ? elements.length - 1 - i : i;
            if (Arrays.equals(elements[at], element)) {
                elements[at] = null;
                removed++;
            }
        }
        return removed;
    }

    private static ListValue listOf(List<byte[]> elements) {
        ListValue list = new ListValue();
        elements.forEach(element -> list.push(ListValue.End.RIGHT, element));
        return list;
    }

    private static void write(Call call, Held held, ListValue list) {
        call.keys().writeList(call.key(1), list, ListPushes.NONE, held.expiryMillis());
    }
}
