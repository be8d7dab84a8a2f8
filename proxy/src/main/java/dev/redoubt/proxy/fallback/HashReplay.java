package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out a plan about a hash, or about a set, whose members are its fields: by a script that compares and writes, or as plain commands. Immutable. */
final class HashReplay {
    /**
     * KEYS: the key. ARGV: hash or set, whether no key is fine, whether it is cleared first, expiry, whether it goes only where there is no
     * key, how many fields; then for each: name, verb, value, what absence means, how many values count as unchanged, these. Where something is added the value is that, and
     * what absence means is what is put there first.
     */
    private static final String TEXT = """
            local key, type, at = KEYS[1], ARGV[1], 6
            local function take() at = at + 1 return ARGV[at] end
            local function held(field)
              if type == 'set' then return redis.call('SISMEMBER', key, field) == 1 and '' end
              return redis.call('HGET', key, field)
            end
            local kind = redis.call('TYPE', key)
            kind = kind.ok or kind
            local clears = ARGV[3] == 'yes'
            if kind == 'none' then
              if ARGV[2] ~= 'yes' then return 0 end
            elseif not clears and (ARGV[5] == 'yes' or kind ~= type) then
              return 0
            end
            local sets, dels, adds = {}, {}, {}
            for i = 1, tonumber(ARGV[6]) do
              local field = take()
              local verb = take()
              local value = take()
              local absent = take()
              local current = kind == type and not clears and held(field)
              local fits = clears or absent == 'any' or verb == 'del' or current == value or (absent == 'yes' and not current)
              if verb == 'add' then
                fits = not current or #current <= 18 and (current == '0' or string.find(current, '^-?[1-9]%d*$'))
              end
              for j = 1, tonumber(take()) do fits = take() == current or fits end
              if not fits then return 0 end
              if verb == 'del' then
                dels[#dels + 1] = field
              elseif verb == 'add' then
                adds[#adds + 1] = {field, value, absent}
              else
                sets[#sets + 1] = {field, value}
              end
            end
            if clears then redis.call('DEL', key) end
            for i = 1, #sets do
              if type == 'set' then
                redis.call('SADD', key, sets[i][1])
              else
                redis.call('HSET', key, sets[i][1], sets[i][2])
              end
            end
            for i = 1, #dels do redis.call(type == 'set' and 'SREM' or 'HDEL', key, dels[i]) end
            for i = 1, #adds do
              if adds[i][3] ~= '' then redis.call('HSETNX', key, adds[i][1], adds[i][3]) end
              redis.call('HINCRBY', key, adds[i][1], adds[i][2])
            end
            if ARGV[4] == 'none' then
              redis.call('PERSIST', key)
            elseif ARGV[4] ~= 'keep' then
              redis.call('PEXPIREAT', key, ARGV[4])
            end
            return 1
            """;

    private static final int FIXED_ARGUMENTS = 6;
    private static final int FIXED_FIELD_ARGUMENTS = 5;

    private static final byte[] NOTHING = {};

    private final byte[] text = ReplayCommands.word(TEXT);
    private final byte[] sha = ReplayScript.sha1(text);

    void writeScript(ByteBuf out, StoreKey key, ReplayPlan plan, HashPlan hash, boolean isLoaded) {
        int arguments = FIXED_ARGUMENTS;
        for (HashPlan.Field field : hash.fields()) {
            arguments += FIXED_FIELD_ARGUMENTS + field.accepted().size();
        }
        RespWriter.arrayHeader(out, 4 + arguments);
        RespWriter.bulk(out, isLoaded ? "EVALSHA" : "EVAL");
        RespWriter.bulk(out, isLoaded ? sha : text);
        RespWriter.bulk(out, "1");
        RespWriter.bulk(out, key.bytes());
        RespWriter.bulk(out, isSet(hash) ? "set" : "hash");
        RespWriter.bulk(out, yes(hash.acceptsNoKey()));
        RespWriter.bulk(out, yes(hash.clears()));
        RespWriter.bulk(out, ReplayScript.expiryWord(plan.expiryMillis()));
        RespWriter.bulk(out, yes(hash.onlyIfNoKey()));
        RespWriter.bulk(out, Integer.toString(hash.fields().size()));
        hash.fields().forEach(field -> writeField(out, field));
    }

    private static void writeField(ByteBuf out, HashPlan.Field field) {
        byte[] value = field.value();
        byte[] base = field.base();
        Long increment = field.increment();
        RespWriter.bulk(out, field.name().bytes());
        if (increment != null) {
            RespWriter.bulk(out, "add");
            RespWriter.bulk(out, Numbers.toBytes(increment));
            RespWriter.bulk(out, base == null ? NOTHING : base);
        } else {
            RespWriter.bulk(out, value == null ? "del" : "set");
            RespWriter.bulk(out, value == null ? NOTHING : value);
            RespWriter.bulk(out, field.acceptsAny() ? "any" : yes(field.acceptsAbsent()));
        }
        RespWriter.bulk(out, Integer.toString(field.accepted().size()));
        field.accepted().forEach(each -> RespWriter.bulk(out, each));
    }

    private static boolean isSet(HashPlan plan) {
        return plan.type() == HashValue.Type.SET;
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    /** Appends plain commands; says how many. */
    static int writeCommands(ByteBuf out, StoreKey key, ReplayPlan plan, HashPlan hash) {
        int commands = writeAdditions(out, key, hash);
        List<byte[]> sets = new ArrayList<>(List.of(ReplayCommands.word(isSet(hash) ? "SADD" : "HSET"), key.bytes()));
        List<byte[]> deletes =
                new ArrayList<>(List.of(ReplayCommands.word(isSet(hash) ? "SREM" : "HDEL"), key.bytes()));
        for (HashPlan.Field field : hash.fields()) {
            byte[] value = field.value();
            if (field.increment() != null) {
                continue;
            }
            if (value == null) {
                deletes.add(field.name().bytes());
            } else {
                sets.add(field.name().bytes());
                if (!isSet(hash)) {
                    sets.add(value);
                }
            }
        }
        if (hash.clears()) {
            RespWriter.command(out, ReplayCommands.word("DEL"), key.bytes());
            commands++;
        }
        for (List<byte[]> command : List.of(sets, deletes)) {
            if (command.size() > 2) {
                RespWriter.command(out, command.toArray(byte[][]::new));
                commands++;
            }
        }
        if (plan.expiryMillis() != Expiry.UNKNOWN) {
            ReplayCommands.writeExpire(out, key.bytes(), plan.expiryMillis());
            commands++;
        }
        return commands;
    }

    private static int writeAdditions(ByteBuf out, StoreKey key, HashPlan hash) {
        int commands = 0;
        for (HashPlan.Field field : hash.fields()) {
            Long increment = field.increment();
            byte[] base = field.base();
            byte[] name = field.name().bytes();
            if (increment != null && base != null) {
                RespWriter.command(out, ReplayCommands.word("HSETNX"), key.bytes(), name, base);
                commands++;
            }
            if (increment != null) {
                RespWriter.command(out, ReplayCommands.word("HINCRBY"), key.bytes(), name, Numbers.toBytes(increment));
                commands++;
            }
        }
        return commands;
    }

    /** What asks for all of it. */
    static String look(HashPlan plan) {
        return isSet(plan) ? "SMEMBERS" : "HGETALL";
    }

    /** The reply to {@link #look}; null: there is no key, as Redis keeps no empty hash. */
    static @Nullable Map<StoreKey, byte[]> read(HashPlan plan, RecordedReply reply) {
        Map<StoreKey, byte[]> fields = new HashMap<>();
        if (isSet(plan)) {
            reply.forEachElement(member -> fields.put(HashValue.field(member.value()), NOTHING));
        } else {
            reply.forEachPair((field, value) -> fields.put(HashValue.field(field), value));
        }
        return fields.isEmpty() ? null : fields;
    }
}
