package dev.redoubt.proxy.fallback;

/** Commands that only look. */
final class ReadCommands {
    private static final byte[] EMPTY = {};

    private ReadCommands() {}

    static void register(CommandSet set) {
        set.always(
                "GET", 2, call -> call.replyValue(call.keys().read(call.key(1)).string()));
        set.always("MGET", -2, ReadCommands::mget);
        set.always("STRLEN", 2, ReadCommands::strlen);
        set.always("EXISTS", -2, ReadCommands::exists);
        set.always("GETRANGE", 4, ReadCommands::getRange);
        set.always("SUBSTR", 4, ReadCommands::getRange);
        set.always("TYPE", 2, ReadCommands::type);
        set.always("PING", -1, ReadCommands::ping);
        set.always("ECHO", 2, call -> call.replyBulk(call.argument(1)));
    }

    /** In a pipeline behind what memory answers; alone it is answered sooner, with what clients ask when they connect. */
    private static void ping(Call call) {
        if (call.count() > 2) {
            throw call.wrongArity();
        }
        if (call.count() == 1) {
            call.replySimple("PONG");
        } else {
            call.replyBulk(call.argument(1));
        }
    }

    private static void mget(Call call) {
        call.replyArrayHeader(call.count() - 1);
        for (int i = 1; i < call.count(); i++) {
            call.replyValue(call.keys().read(call.key(i)).value());
        }
    }

    private static void strlen(Call call) {
        byte[] value = call.keys().read(call.key(1)).string();
        call.replyInteger(value == null ? 0 : value.length);
    }

    /** A key that is named twice counts twice. */
    private static void exists(Call call) {
        int count = 0;
        for (int i = 1; i < call.count(); i++) {
            count += call.keys().read(call.key(i)).exists() ? 1 : 0;
        }
        call.replyInteger(count);
    }

    private static void getRange(Call call) {
        long start = call.integer(2);
        long end = call.integer(3);
        byte[] value = call.keys().read(call.key(1)).string();
        if (value == null || start < 0 && end < 0 && start > end) {
            call.replyBulk(EMPTY);
            return;
        }
        start = Math.max(0, start < 0 ? start + value.length : start);
        end = Math.min(value.length - 1, Math.max(0, end < 0 ? end + value.length : end));
        if (start > end) {
            call.replyBulk(EMPTY);
        } else {
            call.replyBulk(value, (int) start, (int) (end - start + 1));
        }
    }

    private static void type(Call call) {
        call.replySimple(call.keys().read(call.key(1)).typeName());
    }
}
