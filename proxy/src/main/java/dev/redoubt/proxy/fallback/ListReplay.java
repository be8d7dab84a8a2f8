package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Carries out a plan about a list: by a script, or as plain commands. Immutable. */
final class ListReplay {
    /** KEYS: the key. ARGV: whether it is cleared first, whether it goes only where there is no key, expiry, whether no key is fine, how many go to the left; these, then those that go to the right. */
    private static final String TEXT = """
            local key, expiry, lefts = KEYS[1], ARGV[3], tonumber(ARGV[5])
            local kind = redis.call('TYPE', key)
            kind = kind.ok or kind
            if ARGV[1] == 'yes' then
              redis.call('DEL', key)
            elseif kind == 'none' and ARGV[4] ~= 'yes' then
              return 0
            elseif kind ~= 'none' and (ARGV[2] == 'yes' or kind ~= 'list') then
              return 0
            end
            for i = 6, #ARGV do redis.call(i < 6 + lefts and 'LPUSH' or 'RPUSH', key, ARGV[i]) end
            if expiry == 'none' then
              redis.call('PERSIST', key)
            elseif expiry ~= 'keep' then
              redis.call('PEXPIREAT', key, expiry)
            end
            return 1
            """;

    private static final int FIXED_ARGUMENTS = 5;
    private static final int MOST_PER_COMMAND = 10_000;

    private final byte[] text = ReplayCommands.word(TEXT);
    private final byte[] sha = ReplayScript.sha1(text);

    void writeScript(ByteBuf out, StoreKey key, ReplayPlan plan, ListPlan list, boolean isLoaded) {
        int elements = list.left().size() + list.right().size();
        RespWriter.arrayHeader(out, 4 + FIXED_ARGUMENTS + elements);
        RespWriter.bulk(out, isLoaded ? "EVALSHA" : "EVAL");
        RespWriter.bulk(out, isLoaded ? sha : text);
        RespWriter.bulk(out, "1");
        RespWriter.bulk(out, key.bytes());
        RespWriter.bulk(out, list.clears() ? "yes" : "no");
        RespWriter.bulk(out, list.onlyIfNoKey() ? "yes" : "no");
        RespWriter.bulk(out, ReplayScript.expiryWord(plan.expiryMillis()));
        RespWriter.bulk(out, list.acceptsNoKey() ? "yes" : "no");
        RespWriter.bulk(out, Integer.toString(list.left().size()));
        list.left().forEach(element -> RespWriter.bulk(out, element));
        list.right().forEach(element -> RespWriter.bulk(out, element));
    }

    /** Appends plain commands; says how many. */
    static int writeCommands(ByteBuf out, StoreKey key, ReplayPlan plan, ListPlan list) {
        int commands = 0;
        if (list.clears()) {
            RespWriter.command(out, ReplayCommands.word("DEL"), key.bytes());
            commands++;
        }
        commands += writePushes(out, "LPUSH", key, list.left());
        commands += writePushes(out, "RPUSH", key, list.right());
        if (plan.expiryMillis() != Expiry.UNKNOWN) {
            ReplayCommands.writeExpire(out, key.bytes(), plan.expiryMillis());
            commands++;
        }
        return commands;
    }

    private static int writePushes(ByteBuf out, String name, StoreKey key, List<byte[]> elements) {
        int commands = 0;
        for (int from = 0; from < elements.size(); from += MOST_PER_COMMAND) {
            List<byte[]> some = elements.subList(from, Math.min(elements.size(), from + MOST_PER_COMMAND));
            RespWriter.arrayHeader(out, 2 + some.size());
            RespWriter.bulk(out, name);
            RespWriter.bulk(out, key.bytes());
            some.forEach(element -> RespWriter.bulk(out, element));
            commands++;
        }
        return commands;
    }
}
