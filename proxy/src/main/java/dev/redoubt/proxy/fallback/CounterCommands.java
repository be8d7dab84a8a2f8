package dev.redoubt.proxy.fallback;

import java.util.Arrays;

/**
 * Commands that make the new value from the old one. During an outage they would give out numbers that others have been given
 * already, so there they wait unless a rule says otherwise.
 */
final class CounterCommands {
    /** Redis: proto-max-bulk-len. */
    private static final long LONGEST_STRING_BYTES = 512L << 20;

    private CounterCommands() {}

    static void register(CommandSet set) {
        set.always("INCR", 2, call -> add(call, 1));
        set.always("DECR", 2, call -> add(call, -1));
        set.always("INCRBY", 3, call -> add(call, call.integer(2)));
        set.always("DECRBY", 3, CounterCommands::decrBy);
        set.always("INCRBYFLOAT", 3, CounterCommands::addFloat);
        set.always("APPEND", 3, CounterCommands::append);
        set.always("SETRANGE", 4, CounterCommands::setRange);
    }

    private static void decrBy(Call call) {
        long decrement = call.integer(2);
        if (decrement == Long.MIN_VALUE) {
            throw Verdict.error("ERR decrement would overflow");
        }
        add(call, -decrement);
    }

    private static void add(Call call, long increment) {
        StoreKey key = call.key(1);
        Held held = call.keys().readForCounter(key);
        byte[] old = held.string();
        long value = old == null ? 0 : call.integerOf(old);
        long sum = value + increment;
        if (((value ^ sum) & (increment ^ sum)) < 0) {
            throw Verdict.error("ERR increment or decrement would overflow");
        }
        call.keys().writeCounter(key, Numbers.toBytes(sum), held.expiryMillis(), increment);
        call.replyInteger(sum);
    }

    private static void addFloat(Call call) {
        StoreKey key = call.key(1);
        Held held = call.keys().readForCounter(key);
        byte[] old = held.string();
        LongDouble value = old == null ? LongDouble.ZERO : LongDouble.parse(old);
        LongDouble increment = LongDouble.parse(call.argument(2));
        byte[] sum = value.plus(increment).toBytes();
        call.keys().writeCounter(key, sum, held.expiryMillis(), null);
        call.replyBulk(sum);
    }

    private static void append(Call call) {
        StoreKey key = call.key(1);
        Held held = call.keys().readForCounter(key);
        byte[] head = held.string();
        byte[] tail = call.argument(2);
        byte[] value = tail;
        if (head != null) {
            checkLength((long) head.length + tail.length);
            value = Arrays.copyOf(head, head.length + tail.length);
            System.arraycopy(tail, 0, value, head.length, tail.length);
        }
        call.keys().writeCounter(key, value, held.expiryMillis(), null);
        call.replyInteger(value.length);
    }

    /** What lies between the old end and the offset becomes zeros. */
    private static void setRange(Call call) {
        long offset = call.integer(2);
        if (offset < 0) {
            throw Verdict.error("ERR offset is out of range");
        }
        StoreKey key = call.key(1);
        Held held = call.keys().readForCounter(key);
        byte[] old = held.string();
        byte[] piece = call.argument(3);
        int oldLength = old == null ? 0 : old.length;
        if (piece.length == 0) {
            call.replyInteger(oldLength);
            return;
        }
        checkLength(offset > LONGEST_STRING_BYTES ? offset : offset + piece.length);
        int length = (int) Math.max(oldLength, offset + piece.length);
        call.keys().requireRoomFor(key, length);
        byte[] value = old == null ? new byte[length] : Arrays.copyOf(old, length);
        System.arraycopy(piece, 0, value, (int) offset, piece.length);
        call.keys().writeCounter(key, value, held.expiryMillis(), null);
        call.replyInteger(length);
    }

    private static void checkLength(long bytes) {
        if (bytes > LONGEST_STRING_BYTES) {
            throw Verdict.error("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
        }
    }
}
