package dev.redoubt.proxy.fallback;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One recorded reply: a view that is used again for the next. Confined to the flight reader. */
final class RecordedReply {
    private byte[] bytes = new byte[0];
    private byte type;
    private int from;
    private int length;

    /** @param length of a line or a bulk; elements of an aggregate; -1: null */
    void set(byte[] bytes, byte type, int from, int length) {
        this.bytes = bytes;
        this.type = type;
        this.from = from;
        this.length = length;
    }

    boolean isError() {
        return type == '-' || type == '!';
    }

    boolean isWrongType() {
        return isError() && startsWith("WRONGTYPE");
    }

    boolean isDenied() {
        return isError() && startsWith("NOPERM");
    }

    boolean isNull() {
        return type == '_' || length < 0;
    }

    boolean isBulk() {
        return type == '$' && length >= 0;
    }

    boolean isOk() {
        return type == '+';
    }

    boolean isInteger() {
        return type == ':';
    }

    boolean isArray() {
        return type == '*' && length >= 0;
    }

    long integer() {
        return Numbers.parseLong(bytes, from, length);
    }

    /** Of a bulk. */
    byte[] value() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    boolean valueEquals(byte[] other) {
        return Arrays.equals(bytes, from, from + length, other, 0, other.length);
    }

    /** Of a line or a bulk. */
    String text() {
        return new String(bytes, from, Math.max(0, length), StandardCharsets.UTF_8);
    }

    int length() {
        return length;
    }

    /** Of an array of fields and values, or a map. */
    void forEachPair(BiConsumer<byte[], byte[]> visitor) {
        RespCursor cursor = new RespCursor();
        RecordedReply element = new RecordedReply();
        cursor.over(bytes, from, bytes.length - from);
        int pairs = type == '%' ? length : length / 2;
        for (int i = 0; i < pairs; i++) {
            cursor.readReply(element);
            byte[] field = element.value();
            cursor.readReply(element);
            visitor.accept(field, element.value());
        }
    }

    /** Of an array or a set; the reply that is given is the same for all of them. */
    void forEachElement(Consumer<RecordedReply> visitor) {
        RespCursor cursor = new RespCursor();
        RecordedReply element = new RecordedReply();
        cursor.over(bytes, from, bytes.length - from);
        for (int i = 0; i < length; i++) {
            cursor.readReply(element);
            visitor.accept(element);
        }
    }

    /** An array or a set. */
    boolean isCollection() {
        return (type == '*' || type == '~') && length >= 0;
    }

    boolean isPairs() {
        return (type == '*' || type == '%') && length >= 0;
    }

    /** Of an array. */
    boolean firstElementIsError() {
        return length > 0 && (bytes[from] == '-' || bytes[from] == '!');
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the first element of an aggregate begins. */
    int from() {
        return from;
    }

    boolean startsWith(String word) {
        byte[] expected = word.getBytes(StandardCharsets.US_ASCII);
        return length >= expected.length
                && Arrays.equals(bytes, from, from + expected.length, expected, 0, expected.length);
    }
}
