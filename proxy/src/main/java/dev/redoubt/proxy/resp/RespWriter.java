package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Appends RESP frames to a buffer that the caller owns. Stateless. */
public final class RespWriter {
    private static final byte[] NULL_BULK = ascii("$-1\r\n");
    private static final byte[] NULL_RESP3 = ascii("_\r\n");
    private static final byte[] NULL_ARRAY = ascii("*-1\r\n");
    private static final byte[] OK = ascii("+OK\r\n");

    private RespWriter() {}

    /** {@code +text}; the text must hold neither CR nor LF. */
    public static void simpleString(ByteBuf out, String text) {
        line(out, '+', text);
    }

    /** {@code +OK}. */
    public static void ok(ByteBuf out) {
        out.writeBytes(OK);
    }

    /** {@code -text}; the text begins with its code ("ERR ..."). CR and LF become spaces, as Redis does it. */
    public static void error(ByteBuf out, String text) {
        line(out, '-', text.replace('\r', ' ').replace('\n', ' '));
    }

    /** An error that quotes what a client said: its bytes go back as they came, but for the ends of lines. */
    public static void error(ByteBuf out, String before, byte[] quoted, String after) {
        out.writeByte('-');
        out.writeCharSequence(before, StandardCharsets.UTF_8);
        for (byte each : quoted) {
            out.writeByte(each == '\r' || each == '\n' ? ' ' : each);
        }
        out.writeCharSequence(after, StandardCharsets.UTF_8);
        crlf(out);
    }

    public static void integer(ByteBuf out, long value) {
        number(out, ':', value);
    }

    public static void bulk(ByteBuf out, byte[] value) {
        number(out, '$', value.length);
        out.writeBytes(value);
        crlf(out);
    }

    /** A part of an array. */
    public static void bulk(ByteBuf out, byte[] bytes, int from, int length) {
        number(out, '$', length);
        out.writeBytes(bytes, from, length);
        crlf(out);
    }

    public static void bulk(ByteBuf out, String value) {
        bulk(out, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain text for people: a verbatim string in RESP3, else a bulk string. */
    public static void verbatim(ByteBuf out, byte[] text, int respVersion) {
        if (respVersion < 3) {
            bulk(out, text);
            return;
        }
        number(out, '=', text.length + 4);
        out.writeBytes(ascii("txt:"));
        out.writeBytes(text);
        crlf(out);
    }

    /** The null of the session's protocol: {@code $-1} in RESP2, {@code _} in RESP3. */
    public static void nullValue(ByteBuf out, int respVersion) {
        out.writeBytes(respVersion >= 3 ? NULL_RESP3 : NULL_BULK);
    }

    /** The null array of the session's protocol: {@code *-1} in RESP2, {@code _} in RESP3. */
    public static void nullArray(ByteBuf out, int respVersion) {
        out.writeBytes(respVersion >= 3 ? NULL_RESP3 : NULL_ARRAY);
    }

    public static void arrayHeader(ByteBuf out, int elements) {
        number(out, '*', elements);
    }

    /** A map of so many pairs; RESP2 gives it as a flat array. */
    public static void mapHeader(ByteBuf out, int pairs, int respVersion) {
        if (respVersion >= 3) {
            number(out, '%', pairs);
        } else {
            number(out, '*', 2L * pairs);
        }
    }

    /** A set of so many elements; RESP2 gives it as an array. */
    public static void setHeader(ByteBuf out, int elements, int respVersion) {
        number(out, respVersion >= 3 ? '~' : '*', elements);
    }

    /** A push of so many elements; RESP2 knows arrays only. */
    public static void pushHeader(ByteBuf out, int elements, int respVersion) {
        number(out, respVersion >= 3 ? '>' : '*', elements);
    }

    /** A command as an array of bulk strings. */
    public static void command(ByteBuf out, byte[]... arguments) {
        arrayHeader(out, arguments.length);
        for (byte[] argument : arguments) {
            bulk(out, argument);
        }
    }

    /** A command of plain words, as an array of bulk strings. */
    public static void command(ByteBuf out, String... arguments) {
        arrayHeader(out, arguments.length);
        for (String argument : arguments) {
            bulk(out, argument);
        }
    }

    private static void line(ByteBuf out, char type, String text) {
        out.writeByte(type);
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        crlf(out);
    }

    private static void number(ByteBuf out, char type, long value) {
        out.writeByte(type);
        if (value >= 0 && value < 10) {
            out.writeByte('0' + (int) value);
        } else if (value >= 0) {
            digits(out, value);
        } else {
            out.writeCharSequence(Long.toString(value), StandardCharsets.US_ASCII);
        }
        crlf(out);
    }

    /** From the last one to the first: no text is made of lengths, of which every reply has some. */
    private static void digits(ByteBuf out, long value) {
        int count = 0;
        for (long rest = value; rest > 0; rest /= 10) {
            count++;
        }
        int end = out.ensureWritable(count).writerIndex() + count;
        long rest = value;
        for (int at = end - 1; rest > 0; at--) {
            out.setByte(at, '0' + (int) (rest % 10));
            rest /= 10;
        }
        out.writerIndex(end);
    }

    private static void crlf(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
