package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.Glob;
import java.util.ArrayList;
import java.util.List;

/** Commands about a whole database, answered only where the store is the truth. */
final class KeyspaceCommands {
    private KeyspaceCommands() {}

    static void register(CommandSet set) {
        set.memoryOnly("DBSIZE", 1, call -> call.replyInteger(living(call).size()));
        set.memoryOnly("KEYS", 2, KeyspaceCommands::keys);
        set.memoryOnly("RANDOMKEY", 1, KeyspaceCommands::randomKey);
        set.memoryOnly(
                "FLUSHDB", -1, call -> flush(call, () -> call.keys().journal().removeAllIn(call.db())));
        set.memoryOnly(
                "FLUSHALL", -1, call -> flush(call, () -> call.keys().journal().removeAll()));
    }

    private static List<byte[]> living(Call call) {
        List<byte[]> living = new ArrayList<>();
        call.keys().journal().forEachIn(call.db(), entry -> {
            if (entry.exists() && !Expiry.hasPassed(entry.expiryMillis(), call.nowMillis())) {
                living.add(entry.key().bytes());
            }
        });
        return living;
    }

    private static void keys(Call call) {
        Glob glob = new Glob(call.argument(1));
        List<byte[]> found = living(call);
        found.removeIf(key -> !glob.matches(key));
        call.replyArrayHeader(found.size());
        found.forEach(call::replyBulk);
    }

    private static void randomKey(Call call) {
        List<byte[]> living = living(call);
        if (living.isEmpty()) {
            call.replyNull();
        } else {
            call.replyBulk(living.get(call.chance().nextInt(living.size())));
        }
    }

    private static void flush(Call call, Runnable flush) {
        boolean isUnderstood = call.count() == 1
                || call.count() == 2
                        && (call.option(1).equals("ASYNC") || call.option(1).equals("SYNC"));
        if (!isUnderstood) {
            throw call.syntaxError();
        }
        flush.run();
        call.replyOk();
    }
}
