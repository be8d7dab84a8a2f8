package dev.redoubt.proxy.fallback;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that write or delete whole values. */
final class WriteCommands {
    private WriteCommands() {}

    static void register(CommandSet set) {
        set.always("SET", -3, WriteCommands::set);
        set.always("SETEX", 4, call -> setWithExpiry(call, SetOptions.Unit.EX));
        set.always("PSETEX", 4, call -> setWithExpiry(call, SetOptions.Unit.PX));
        set.always("MSET", -3, WriteCommands::mset);
        set.always("GETDEL", 2, WriteCommands::getDel);
        set.always("GETEX", -2, WriteCommands::getEx);
        set.always("DEL", -2, WriteCommands::delete);
        set.always("UNLINK", -2, WriteCommands::delete);
        set.always("SETNX", 3, WriteCommands::setNx);
        set.always("MSETNX", -3, WriteCommands::msetNx);
        set.always("GETSET", 3, WriteCommands::getSet);
    }

    private static void set(Call call) {
        SetOptions options = SetOptions.ofSet(call);
        long expiry = options.expiryMillis(call);
        StoreKey key = call.key(1);
        boolean isBlind = !(options.ifAbsent() || options.ifPresent() || options.returnsOld() || options.keepsExpiry());
        if (isBlind) {
            call.keys().requireAllowed(key);
            call.keys().overwrite(key, call.argument(2), expiry);
            call.replyOk();
            return;
        }
        if (options.isLock()) {
            LockCommands.acquire(call, key, call.argument(2), expiry);
            return;
        }
        Held held = call.keys().readForWrite(key);
        byte[] old = options.returnsOld() ? held.string() : held.value();
        boolean writes = held.exists() ? !options.ifAbsent() : !options.ifPresent();
        if (writes) {
            call.keys().write(key, call.argument(2), options.keepsExpiry() ? held.expiryMillis() : expiry);
        }
        replyToSet(call, options, old, writes);
    }

    private static void replyToSet(Call call, SetOptions options, byte @Nullable [] old, boolean writes) {
        if (options.returnsOld() && old != null) {
            call.replyBulk(old);
        } else if (options.returnsOld() || !writes) {
            call.replyNull();
        } else {
            call.replyOk();
        }
    }

    private static void setWithExpiry(Call call, SetOptions.Unit unit) {
        long expiry = SetOptions.expiryMillis(call, 2, unit);
        StoreKey key = call.key(1);
        call.keys().requireAllowed(key);
        call.keys().overwrite(key, call.argument(3), expiry);
        call.replyOk();
    }

    private static void setNx(Call call) {
        StoreKey key = call.key(1);
        boolean writes = !call.keys().readForCounter(key).exists();
        if (writes) {
            call.keys().writeCounter(key, call.argument(2), Expiry.NONE, null);
        }
        call.replyInteger(writes ? 1 : 0);
    }

    private static void getSet(Call call) {
        StoreKey key = call.key(1);
        byte[] old = call.keys().readForWrite(key).string();
        call.keys().write(key, call.argument(2), Expiry.NONE);
        if (old == null) {
            call.replyNull();
        } else {
            call.replyBulk(old);
        }
    }

    private static void mset(Call call) {
        writeAll(call, pairs(call));
        call.replyOk();
    }

    private static void msetNx(Call call) {
        List<PlannedWrite> pairs = pairs(call);
        for (PlannedWrite pair : pairs) {
            if (call.keys().readForCounter(pair.key()).exists()) {
                call.replyInteger(0);
                return;
            }
        }
        writeAll(call, pairs);
        call.replyInteger(1);
    }

    private static List<PlannedWrite> pairs(Call call) {
        if (call.count() % 2 == 0) {
            throw call.wrongArity();
        }
        List<PlannedWrite> pairs = new ArrayList<>(call.count() / 2);
        for (int i = 1; i < call.count(); i += 2) {
            StoreKey key = call.key(i);
            call.keys().requireAllowed(key);
            pairs.add(new PlannedWrite(key, call.argument(i + 1)));
        }
        return pairs;
    }

    private static void writeAll(Call call, List<PlannedWrite> pairs) {
        call.keys().requireRoom(pairs);
        for (int i = 0; i < pairs.size(); i++) {
            call.keys().overwriteWithRoom(pairs.get(i).key(), call.argument(2 * i + 2));
        }
    }

    private static void getDel(Call call) {
        StoreKey key = call.key(1);
        byte[] old = call.keys().readForWrite(key).string();
        if (old == null) {
            call.replyNull();
            return;
        }
        call.keys().delete(key);
        call.replyBulk(old);
    }

    /** The options are looked at only if the key is there, as Redis does it. */
    private static void getEx(Call call) {
        SetOptions options = SetOptions.ofGetEx(call);
        StoreKey key = call.key(1);
        if (!options.hasExpiry() && !options.persists()) {
            call.replyValue(call.keys().read(key).string());
            return;
        }
        Held held = call.keys().readForWrite(key);
        byte[] value = held.string();
        if (value == null) {
            call.replyNull();
            return;
        }
        long expiry = options.expiryMillis(call);
        if (options.unit().isAbsolute() && expiry <= call.nowMillis()) {
            call.keys().delete(key);
        } else if (options.hasExpiry() || held.expiryMillis() != Expiry.NONE) {
            call.keys().changeExpiry(key, held, expiry);
        }
        call.replyBulk(value);
    }

    /** A delete is remembered even if the key is not known to exist: somebody else may have written it. */
    private static void delete(Call call) {
        Set<StoreKey> existing = new HashSet<>();
        List<PlannedWrite> deletes = new ArrayList<>();
        for (int i = 1; i < call.count(); i++) {
            StoreKey key = call.key(i);
            if (call.keys().readForDelete(key).exists()) {
                existing.add(key);
            }
            deletes.add(new PlannedWrite(key, 0));
        }
        if (call.keys().mode() == Mode.OUTAGE) {
            call.keys().requireRoom(deletes);
        }
        deletes.forEach(delete -> call.keys().deleteWithRoom(delete.key()));
        call.replyInteger(existing.size());
    }
}
