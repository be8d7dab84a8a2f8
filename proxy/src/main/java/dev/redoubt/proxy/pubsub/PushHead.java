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
record PushHead(String word, byte @Nullable [] name) {
    private static final PushHead NONE = new PushHead("", null);

    /** Reads the whole push that begins at that index; borrows the buffer. */
    static PushHead read(ByteBuf buf, int start) {
        int first = behindLine(buf, start);
        if (buf.getByte(first) != '$') {
            return NONE;
        }
        int wordStart = behindLine(buf, first);
        int wordLength = number(buf, first + 1);
        String word = buf.toString(wordStart, wordLength, StandardCharsets.US_ASCII);
        int second = wordStart + wordLength + 2;
        return new PushHead(word, bulk(buf, second));
    }

    private static byte @Nullable [] bulk(ByteBuf buf, int index) {
        if (index >= buf.writerIndex() || buf.getByte(index) != '$') {
            return null;
        }
        byte[] bytes = new byte[number(buf, index + 1)];
        buf.getBytes(behindLine(buf, index), bytes);
        return bytes;
    }

    private static int number(ByteBuf buf, int from) {
        int value = 0;
        int index = from;
        for (byte digit = buf.getByte(index); digit != '\r'; digit = buf.getByte(++index)) {
            value = value * 10 + digit - '0';
        }
        return value;
    }

    private static int behindLine(ByteBuf buf, int from) {
        return buf.indexOf(from, buf.writerIndex(), (byte) '\n') + 1;
    }
}
