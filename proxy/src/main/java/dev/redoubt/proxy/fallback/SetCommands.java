package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.fallback.HashValue.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets: hashes whose fields hold nothing. Replies and errors as t_set.c of Redis 7.0 gives them, but for the order of members. */
final class SetCommands {
    private static final byte[] NOTHING = {};
    /** A member is drawn from so many, the oldest: to go through a large set for each would hold up the lane. */
    private static final int DRAWN_FROM = 1_000;

    private SetCommands() {}

    static void register(CommandSet set) {
        set.always("SADD", -3, SetCommands::add);
        set.always("SREM", -3, SetCommands::remove);
        set.always("SMEMBERS", 2, SetCommands::members);
        set.always("SISMEMBER", 3, call -> call.replyInteger(holds(call, read(call), 2)));
        set.always("SMISMEMBER", -3, SetCommands::areMembers);
        // What memory would give away in an outage others may have taken at Redis already.
        set.memoryOnly("SPOP", -2, SetCommands::pop);
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

    private static void pop(Call call) {
        if (call.count() > 3) {
            throw call.syntaxError();
        }
        boolean hasCount = call.count() == 3;
        long count = hasCount ? call.positive(2) : 1;
        Held held = call.keys().readForWrite(call.key(1));
        HashValue members = held.fieldsOrNone(Type.SET);
        if (members == null && !hasCount) {
            call.replyNull();
            return;
        }
        List<StoreKey> drawn = members == null ? List.of() : draw(call, members, count);
        HashEdit edit = HashEdit.of(call, held, Type.SET);
        if (hasCount) {
            call.replySetHeader(drawn.size());
        }
        drawn.forEach(member -> {
            edit.remove(member);
            call.replyBulk(member.bytes());
        });
        edit.write();
    }

    private static List<StoreKey> draw(Call call, HashValue members, long count) {
        List<StoreKey> from = new ArrayList<>();
        long enough = Math.max(count, DRAWN_FROM);
        for (StoreKey member : members.known().keySet()) {
            if (from.size() == enough) {
                break;
            }
            from.add(member);
        }
        if (count < from.size()) {
            for (int i = 0; i < count; i++) {
                Collections.swap(from, i, call.chance().nextInt(i, from.size()));
            }
        }
        return from.subList(0, (int) Math.min(count, from.size()));
    }
}
