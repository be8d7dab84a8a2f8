package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.fallback.HashValue.Type;
import org.jspecify.annotations.Nullable;

/** Sets: hashes whose fields hold nothing. Replies and errors as t_set.c of Redis 7.0 gives them, but for the order of members. */
final class SetCommands {
    private static final byte[] NOTHING = {};

    private SetCommands() {}

    static void register(CommandSet set) {
        set.always("SADD", -3, SetCommands::add);
        set.always("SREM", -3, SetCommands::remove);
        set.always("SMEMBERS", 2, SetCommands::members);
        set.always("SISMEMBER", 3, call -> call.replyInteger(holds(call, read(call), 2)));
        set.always("SMISMEMBER", -3, SetCommands::areMembers);
        set.always("SCARD", 2, call -> call.replyInteger(readWhole(call).size()));
    }

    private static @Nullable HashValue read(Call call) {
        return call.keys().read(call.key(1)).fieldsOrNone(Type.SET);
    }

    private static int holds(Call call, @Nullable HashValue members, int argument) {
        return HashCommands.field(call, members, argument) == null ? 0 : 1;
    }

    private static HashValue readWhole(Call call) {
        return HashCommands.whole(read(call), Type.SET);
    }

    private static void members(Call call) {
        HashValue members = readWhole(call);
        call.replySetHeader(members.size());
        members.forEach((member, nothing) -> call.replyBulk(member.bytes()));
    }

    private static void areMembers(Call call) {
        HashValue members = read(call);
        call.replyArrayHeader(call.count() - 2);
        for (int i = 2; i < call.count(); i++) {
            call.replyInteger(holds(call, members, i));
        }
    }

    /** A member that nobody has seen counts as absent where a miss is nil; elsewhere the command has to wait. */
    private static HashEdit edit(Call call) {
        StoreKey key = call.key(1);
        HashEdit edit = HashEdit.of(call, call.keys().readForDelete(key), Type.SET);
        for (int i = 2; i < call.count(); i++) {
            StoreKey member = HashValue.field(call.argument(i));
            if (!edit.knows(member) && call.keys().onMissOf(key) != OnMiss.NIL) {
                throw Verdict.HOLD;
            }
            edit.willPut(member, NOTHING);
        }
        edit.requireRoom();
        return edit;
    }

    private static void add(Call call) {
        HashEdit edit = edit(call);
        int added = 0;
        for (int i = 2; i < call.count(); i++) {
            added += edit.put(HashValue.field(call.argument(i)), NOTHING) ? 1 : 0;
        }
        edit.write();
        call.replyInteger(added);
    }

    private static void remove(Call call) {
        HashEdit edit = edit(call);
        int removed = 0;
        for (int i = 2; i < call.count(); i++) {
            removed += edit.remove(HashValue.field(call.argument(i))) ? 1 : 0;
        }
        edit.write();
        call.replyInteger(removed);
    }
}
