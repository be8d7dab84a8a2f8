package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One command on its way through the store; the same object serves all. Confined to the lane's event loop. */
final class Call {
    private final Keyspace keys;
    private final RandomGenerator chance;

    private int db;
    private byte[][] arguments = new byte[0][];
    private int respVersion = 2;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    Call(Keyspace keys, RandomGenerator chance) {
        this.keys = keys;
        this.chance = chance;
    }

    void begin(int db, byte[][] arguments, int respVersion, ByteBuf out) {
        this.db = db;
        this.arguments = arguments;
        this.respVersion = respVersion;
        this.out = out;
    }

    Keyspace keys() {
        return keys;
    }

    RandomGenerator chance() {
        return chance;
    }

    int db() {
        return db;
    }

    long nowMillis() {
        return keys.nowMillis();
    }

    /** The name counts. */
    int count() {
        return arguments.length;
    }

    byte[] argument(int i) {
        return arguments[i];
    }

    byte[][] argumentsFrom(int i) {
        return Arrays.copyOfRange(arguments, i, arguments.length);
    }

    StoreKey key(int i) {
        return new StoreKey(db, arguments[i]);
    }

    /** An option as Redis compares it: in upper case, up to a NUL. */
    String option(int i) {
        return text(i).toUpperCase(Locale.ROOT);
    }

    private String text(int i) {
        byte[] bytes = arguments[i];
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    long integer(int i) {
        return integerOf(arguments[i]);
    }

    long integerOf(byte[] bytes) {
        if (!Numbers.isLong(bytes)) {
            throw Verdict.error("ERR value is not an integer or out of range");
        }
        return Numbers.parseLong(bytes);
    }

    /** Not negative: how many are to be taken. */
    long positive(int i) {
        long count = Numbers.isLong(arguments[i]) ? Numbers.parseLong(arguments[i]) : -1;
        if (count < 0) {
            throw Verdict.error("ERR value is out of range, must be positive");
        }
        return count;
    }

    /** An outage's server may be newer than what is known here, and understand it. */
    Verdict syntaxError() {
        return keys.mode() == Mode.OUTAGE ? Verdict.HOLD : Verdict.error("ERR syntax error");
    }

    /** See {@link #syntaxError}. */
    Verdict unsupportedOption(int i) {
        return keys.mode() == Mode.OUTAGE ? Verdict.HOLD : Verdict.error("ERR Unsupported option " + text(i));
    }

    /** In lower case, as errors have it. */
    private String name() {
        return new String(arguments[0], StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    Verdict invalidExpireTime() {
        return Verdict.error("ERR invalid expire time in '" + name() + "' command");
    }

    Verdict wrongArity() {
        return Verdict.error("ERR wrong number of arguments for '" + name() + "' command");
    }

    void replyOk() {
        RespWriter.ok(out);
    }

    void replySimple(String text) {
        RespWriter.simpleString(out, text);
    }

    void replyInteger(long value) {
        RespWriter.integer(out, value);
    }

    void replyNull() {
        RespWriter.nullValue(out, respVersion);
    }

    void replyNullArray() {
        RespWriter.nullArray(out, respVersion);
    }

    void replySetHeader(int members) {
        RespWriter.setHeader(out, members, respVersion);
    }

    void replyBulk(byte[] value) {
        RespWriter.bulk(out, value);
    }

    void replyBulk(byte[] value, int from, int length) {
        RespWriter.bulk(out, value, from, length);
    }

    void replyValue(byte @Nullable [] value) {
        if (value == null) {
            replyNull();
        } else {
            replyBulk(value);
        }
    }

    void replyMapHeader(int pairs) {
        RespWriter.mapHeader(out, pairs, respVersion);
    }

    void replyArrayHeader(int elements) {
        RespWriter.arrayHeader(out, elements);
    }
}
