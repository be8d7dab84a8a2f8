package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Carries out a plan atomically on the server: comparison and write in one script. Immutable. */
final class ReplayScript {
    static final long CONFLICT = 0;
    static final long APPLIED = 1;
    /** There was nothing left to change. */
    static final long GONE = 2;

    /** KEYS: the key. ARGV: action, whether absent is fine, condition, expiry, value or increment, then what counts as unchanged. */
    private static final String TEXT = """
            local key, action, expiry = KEYS[1], ARGV[1], ARGV[4]
            local kind = redis.call('TYPE', key)
            kind = kind.ok or kind
            if kind == 'none' then
              if ARGV[2] ~= 'yes' then return 0 end
              if action == 'DELETE' or action == 'EXPIRE' then return 2 end
            elseif kind ~= 'string' then
              return 0
            elseif ARGV[3] ~= 'ANY_STRING' then
              local current, same = redis.call('GET', key), false
              for i = 6, #ARGV do same = same or ARGV[i] == current end
              if not same then return 0 end
            end
            if action == 'DELETE' then
              redis.call('DEL', key)
            elseif action == 'EXPIRE' then
              if expiry == 'none' then redis.call('PERSIST', key) else redis.call('PEXPIREAT', key, expiry) end
            elseif action == 'INCREMENT' then
              local done = redis.pcall('INCRBY', key, ARGV[5])
              if type(done) == 'table' and done.err then return 0 end
              if expiry == 'none' then
                redis.call('PERSIST', key)
              elseif expiry ~= 'keep' then
                redis.call('PEXPIREAT', key, expiry)
              end
            elseif expiry == 'none' then
              redis.call('SET', key, ARGV[5])
            elseif expiry == 'keep' then
              redis.call('SET', key, ARGV[5], 'KEEPTTL')
            else
              redis.call('SET', key, ARGV[5], 'PXAT', expiry)
            end
            return 1
            """;

    private static final int FIXED_ARGUMENTS = 5;

    private final byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    private final byte[] sha = sha1(text);

    /** @param isLoaded false: the whole text goes along, and the server remembers it */
    void write(ByteBuf out, StoreKey key, ReplayPlan plan, boolean isLoaded) {
        RespWriter.arrayHeader(out, 4 + FIXED_ARGUMENTS + plan.accepted().size());
        RespWriter.bulk(out, isLoaded ? "EVALSHA" : "EVAL");
        RespWriter.bulk(out, isLoaded ? sha : text);
        RespWriter.bulk(out, "1");
        RespWriter.bulk(out, key.bytes());
        RespWriter.bulk(out, plan.action().name());
        RespWriter.bulk(out, plan.acceptsAbsent() ? "yes" : "no");
        RespWriter.bulk(out, plan.condition().name());
        RespWriter.bulk(out, expiryWord(plan.expiryMillis()));
        RespWriter.bulk(out, valueOrIncrement(plan));
        plan.accepted().forEach(accepted -> RespWriter.bulk(out, accepted));
    }

    private static byte[] valueOrIncrement(ReplayPlan plan) {
        byte[] value = plan.value();
        if (plan.action() == ReplayPlan.Action.INCREMENT) {
            return Numbers.toBytes(plan.increment());
        }
        return value == null ? new byte[0] : value;
    }

    static String expiryWord(long expiryMillis) {
        if (expiryMillis == Expiry.NONE) {
            return "none";
        }
        return expiryMillis == Expiry.UNKNOWN ? "keep" : Long.toString(expiryMillis);
    }

    static byte[] sha1(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
