package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.Glob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands about a whole database, answered only where the store is the truth. */
final class KeyspaceCommands {
    private KeyspaceCommands() {}

    static void register(CommandSet set) {
        set.memoryOnly("DBSIZE", 1, call -> call.replyInteger(living(call).size()));
        set.memoryOnly("KEYS", 2, KeyspaceCommands::keys);
        set.memoryOnly("SCAN", -2, KeyspaceCommands::scan);
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

    /** All at once: COUNT is a hint, and an iteration of one step misses nothing. */
    private static void scan(Call call) {
        long cursor = cursor(call.argument(1));
        ScanOptions options = ScanOptions.of(call);
        List<byte[]> found = new ArrayList<>();
        if (cursor == 0) {
            call.keys().journal().forEachIn(call.db(), entry -> {
                boolean lives = entry.exists() && !Expiry.hasPassed(entry.expiryMillis(), call.nowMillis());
                if (lives && options.matches(entry)) {
                    found.add(entry.key().bytes());
                }
            });
        }
        call.replyArrayHeader(2);
        call.replyBulk(new byte[] {'0'});
        call.replyArrayHeader(found.size());
        found.forEach(call::replyBulk);
    }

    /** As {@code parseScanCursorOrReply} takes it: what strtoul takes, but for spaces; nothing is 0. */
    private static long cursor(byte[] given) {
        String text = new String(given, StandardCharsets.ISO_8859_1);
        if (!text.matches("([+-]?\\d{1,18})?")) {
            throw Verdict.error("ERR invalid cursor");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
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
