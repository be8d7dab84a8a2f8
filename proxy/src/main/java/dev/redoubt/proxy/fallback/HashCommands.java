package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.fallback.HashValue.Type;
import org.jspecify.annotations.Nullable;

/** Hashes. Replies and errors as t_hash.c of Redis 7.0 gives them; order of fields as in a hash that is small there. */
final class HashCommands {
    private static final byte[] EMPTY = {};

    private HashCommands() {}

    static void register(CommandSet set) {
        set.always("HSET", -4, call -> call.replyInteger(setAll(call, false)));
        set.always("HMSET", -4, call -> {
            setAll(call, true);
            call.replyOk();
        });
        set.always("HSETNX", 4, HashCommands::setNx);
        set.always("HGET", 3, call -> call.replyValue(field(call, read(call), 2)));
        set.always("HMGET", -3, HashCommands::mget);
        set.always("HGETALL", 2, HashCommands::getAll);
        set.always("HKEYS", 2, HashCommands::keys);
        set.always("HVALS", 2, HashCommands::values);
        set.always("HLEN", 2, HashCommands::length);
        set.always("HEXISTS", 3, call -> call.replyInteger(field(call, read(call), 2) == null ? 0 : 1));
        set.always("HSTRLEN", 3, HashCommands::valueLength);
        set.always("HDEL", -3, HashCommands::delete);
        set.always("HINCRBY", 4, HashCommands::increment);
        set.always("HINCRBYFLOAT", 4, HashCommands::incrementFloat);
    }

    // ---- reading

    /** Null: there is none. */
    private static @Nullable HashValue read(Call call) {
        return call.keys().read(call.key(1)).fieldsOrNone(Type.HASH);
    }

    /** A field that nobody has seen, of a hash that somebody has, is a miss like a key's. */
    static byte @Nullable [] field(Call call, @Nullable HashValue hash, int argument) {
        if (hash == null) {
            return null;
        }
        StoreKey field = HashValue.field(call.argument(argument));
        if (!hash.knows(field)) {
            call.keys().missOf(call.key(1));
        }
        return hash.get(field);
    }

    /** What cannot be answered from a part. */
    private static HashValue readWhole(Call call) {
        return whole(read(call), Type.HASH);
    }

    /** Not if it is a part. @param hash null: there is none */
    static HashValue whole(@Nullable HashValue hash, Type type) {
        if (hash == null) {
            return HashValue.whole(type);
        }
        if (!hash.isWhole()) {
            throw Verdict.HOLD;
        }
        return hash;
    }

    private static void mget(Call call) {
        HashValue hash = read(call);
        call.replyArrayHeader(call.count() - 2);
        for (int i = 2; i < call.count(); i++) {
            call.replyValue(field(call, hash, i));
        }
    }

    private static void getAll(Call call) {
        HashValue hash = readWhole(call);
        call.replyMapHeader(hash.size());
        hash.forEach((field, value) -> {
            call.replyBulk(field.bytes());
            call.replyBulk(value);
        });
    }

    private static void keys(Call call) {
        HashValue hash = readWhole(call);
        call.replyArrayHeader(hash.size());
        hash.forEach((field, value) -> call.replyBulk(field.bytes()));
    }

    private static void values(Call call) {
        HashValue hash = readWhole(call);
        call.replyArrayHeader(hash.size());
        hash.forEach((field, value) -> call.replyBulk(value));
    }

    private static void length(Call call) {
        call.replyInteger(readWhole(call).size());
    }

    private static void valueLength(Call call) {
        byte[] value = field(call, read(call), 2);
        call.replyInteger(value == null ? 0 : value.length);
    }

    // ---- writing

    /** @param isBlind the reply does not say what was there */
    private static int setAll(Call call, boolean isBlind) {
        if (call.count() % 2 != 0) {
            throw call.wrongArity();
        }
        HashEdit edit =
                HashEdit.of(call, isBlind ? call.keys().readForHash(call.key(1)) : readToWrite(call), Type.HASH);
        int created = 0;
        for (int i = 2; i < call.count(); i += 2) {
            StoreKey field = HashValue.field(call.argument(i));
            if (!isBlind && !edit.knows(field) && call.keys().onMissOf(call.key(1)) != OnMiss.NIL) {
                throw Verdict.HOLD;
            }
            edit.willPut(field, call.argument(i + 1));
        }
        edit.requireRoom();
        for (int i = 2; i < call.count(); i += 2) {
            created += edit.put(HashValue.field(call.argument(i)), call.argument(i + 1)) ? 1 : 0;
        }
        edit.write();
        return created;
    }

    /** A hash that nobody has seen counts as absent where a miss is nil; elsewhere it has to wait. */
    private static Held readToWrite(Call call) {
        return call.keys().readForDelete(call.key(1));
    }

    private static void setNx(Call call) {
        StoreKey field = HashValue.field(call.argument(2));
        Held held = call.keys().readForCounter(call.key(1), field);
        HashEdit edit = HashEdit.of(call, held, Type.HASH);
        if (!edit.knows(field)) {
            throw Verdict.HOLD;
        }
        boolean sets = edit.get(field) == null;
        if (sets) {
            edit.willPut(field, call.argument(3));
            edit.requireRoom();
            edit.count(field, call.argument(3), null);
            edit.write();
        }
        call.replyInteger(sets ? 1 : 0);
    }

    private static void increment(Call call) {
        long increment = call.integer(3);
        HashEdit edit = editOfCounter(call);
        byte[] old = counted(edit, call);
        if (old != null && !Numbers.isLong(old)) {
            throw Verdict.error("ERR hash value is not an integer");
        }
        long value = old == null ? 0 : Numbers.parseLong(old);
        long sum = value + increment;
        if (((value ^ sum) & (increment ^ sum)) < 0) {
            throw Verdict.error("ERR increment or decrement would overflow");
        }
        count(call, edit, Numbers.toBytes(sum), increment);
        call.replyInteger(sum);
    }

    private static void incrementFloat(Call call) {
        LongDouble increment = LongDouble.parse(call.argument(3));
        if (increment.isInfinite()) {
            throw Verdict.error("ERR value is NaN or Infinity");
        }
        HashEdit edit = editOfCounter(call);
        byte[] old = counted(edit, call);
        LongDouble value = old == null ? LongDouble.ZERO : LongDouble.parse(old, "ERR hash value is not a float");
        byte[] sum = value.plus(increment).toBytes();
        count(call, edit, sum, null);
        call.replyBulk(sum);
    }

    private static HashEdit editOfCounter(Call call) {
        StoreKey field = HashValue.field(call.argument(2));
        return HashEdit.of(call, call.keys().readForCounter(call.key(1), field), Type.HASH);
    }

    /** A field that nobody has seen counts from 0 where a miss is nil, as a key does. */
    private static byte @Nullable [] counted(HashEdit edit, Call call) {
        StoreKey field = HashValue.field(call.argument(2));
        if (!edit.knows(field) && call.keys().onMissOf(call.key(1)) != OnMiss.NIL) {
            throw Verdict.HOLD;
        }
        return edit.get(field);
    }

    private static void count(Call call, HashEdit edit, byte[] value, @Nullable Long increment) {
        StoreKey field = HashValue.field(call.argument(2));
        edit.willPut(field, value);
        edit.requireRoom();
        edit.count(field, value, increment);
        edit.write();
    }

    /** A field that nobody has seen counts for nothing where a miss is nil, as a key that is deleted does. */
    private static void delete(Call call) {
        Held held = call.keys().readForDelete(call.key(1));
        HashEdit edit = HashEdit.of(call, held, Type.HASH);
        for (int i = 2; i < call.count(); i++) {
            StoreKey field = HashValue.field(call.argument(i));
            if (!edit.knows(field) && call.keys().onMissOf(call.key(1)) != OnMiss.NIL) {
                throw Verdict.HOLD;
            }
            edit.willPut(field, EMPTY);
        }
        edit.requireRoom();
        int deleted = 0;
        for (int i = 2; i < call.count(); i++) {
            deleted += edit.remove(HashValue.field(call.argument(i))) ? 1 : 0;
        }
        edit.write();
        call.replyInteger(deleted);
    }
}
