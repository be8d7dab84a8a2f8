package dev.redoubt.proxy.pubsub;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first two elements of a push: what it is, and for which channel or pattern. Immutable.
 *
 * @param word empty where the first element is no string
 * @param name null where the second element is no string
 */
public record PushHead(String word, byte @Nullable [] name) {
    private static final PushHead NONE = new PushHead("", null);

    /** Reads the whole push that begins at that index; borrows the buffer. What is no push that Redis sends has neither. */
    public static PushHead read(ByteBuf buf, int start) {
        int first = behindLine(buf, start);
        int length = bulkLength(buf, first);
        if (length < 0) {
            return NONE;
        }
        int wordStart = behindLine(buf, first);
        String word = buf.toString(wordStart, length, StandardCharsets.US_ASCII);
        return new PushHead(word, bulk(buf, wordStart + length + 2));
    }

    private static byte @Nullable [] bulk(ByteBuf buf, int index) {
        int length = bulkLength(buf, index);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buf.getBytes(behindLine(buf, index), bytes);
        return bytes;
    }

    /** -1 where no bulk string begins. */
    private static int bulkLength(ByteBuf buf, int index) {
        if (index >= buf.writerIndex() || buf.getByte(index) != '$') {
            return -1;
        }
        int value = 0;
        int digits = index + 1;
        for (byte digit = buf.getByte(digits); digit != '\r'; digit = buf.getByte(++digits)) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }

    private static int behindLine(ByteBuf buf, int from) {
        return buf.indexOf(from, buf.writerIndex(), (byte) '\n') + 1;
    }
}
