package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A plan as plain commands: inside a transaction, and for the flight recorder. */
final class ReplayCommands {
    private ReplayCommands() {}

    /** Appends one command, or two where a number gets an expiry; says how many. */
    static int write(ByteBuf out, StoreKey key, ReplayPlan plan) {
        switch (plan.action()) {
            case COMPOUND -> {
                CompoundPlan compound = Objects.requireNonNull(plan.compound());
                return compound instanceof HashPlan hash
                        ? HashReplay.writeCommands(out, key, plan, hash)
                        : ListReplay.writeCommands(out, key, plan, (ListPlan) compound);
            }
            case INCREMENT -> {
                RespWriter.command(out, word("INCRBY"), key.bytes(), Numbers.toBytes(plan.increment()));
                if (plan.expiryMillis() != Expiry.UNKNOWN) {
                    writeExpire(out, key.bytes(), plan.expiryMillis());
                    return 2;
                }
            }
            case SET -> writeSet(out, key.bytes(), plan);
            case EXPIRE -> writeExpire(out, key.bytes(), plan.expiryMillis());
            case DELETE -> RespWriter.command(out, word("DEL"), key.bytes());
        }
        return 1;
    }

    private static void writeSet(ByteBuf out, byte[] key, ReplayPlan plan) {
        byte[] value = plan.value() == null ? new byte[0] : plan.value();
        if (plan.expiryMillis() == Expiry.NONE) {
            RespWriter.command(out, word("SET"), key, value);
        } else if (plan.expiryMillis() == Expiry.UNKNOWN) {
            RespWriter.command(out, word("SET"), key, value, word("KEEPTTL"));
        } else {
            RespWriter.command(out, word("SET"), key, value, word("PXAT"), Numbers.toBytes(plan.expiryMillis()));
        }
    }

    static void writeExpire(ByteBuf out, byte[] key, long expiryMillis) {
        if (expiryMillis == Expiry.NONE) {
            RespWriter.command(out, word("PERSIST"), key);
        } else {
            RespWriter.command(out, word("PEXPIREAT"), key, Numbers.toBytes(expiryMillis));
        }
    }

    static byte[] word(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
