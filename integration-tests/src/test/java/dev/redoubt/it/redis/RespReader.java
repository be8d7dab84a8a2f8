package dev.redoubt.it.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads RESP2 and RESP3 replies, one at a time, from a blocking stream. */
final class RespReader {
    private final InputStream in;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    RespReader(InputStream in) {
        this.in = in;
    }

    /** The next frame as {@link RawClient#read} describes it. */
    Object read() throws IOException {
        frame.reset();
        return value();
    }

    /** The bytes of the frame that was read last. */
    byte[] lastFrame() {
        return frame.toByteArray();
    }

    private Object value() throws IOException {
        int type = nextByte();
        String line = line();
        return switch (type) {
            case '+' -> line;
            case '-' -> new RedisError(line);
            case ':' -> Long.valueOf(line);
            case '$' -> bulk(line);
            case '*' -> line.equals("-1") ? null : list(length(line));
            case '_' -> null;
            case '#' -> line.equals("t");
            case ',' -> number(line);
            case '(' -> new BigInteger(line);
            case '!' -> new RedisError(bulk(line));
            case '=' -> bulk(line).substring("txt:".length());
            case '%' -> map(length(line));
            case '~' -> new LinkedHashSet<>(list(length(line)));
            case '>' -> new Push(list(length(line)));
            case '|' -> valueAfterAttributes(length(line));
            default -> throw new IOException("not a RESP type: byte " + type + " before '" + line + "'");
        };
    }

    private String bulk(String line) throws IOException {
        int length = length(line);
        if (length < 0) {
            return null;
        }
        byte[] content = new byte[length + 2];
        for (int read = 0; read < content.length; ) {
            int more = in.read(content, read, content.length - read);
            if (more < 0) {
                throw new EOFException("the connection ended inside a bulk string of " + length + " bytes");
            }
            read += more;
        }
        frame.write(content, 0, content.length);
        expect(content[length] == '\r' && content[length + 1] == '\n', "a bulk string that does not end where it says");
        return new String(content, 0, length, StandardCharsets.UTF_8);
    }

    private List<Object> list(int length) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(value());
        }
        return elements;
    }

    private Map<Object, Object> map(int pairs) throws IOException {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < pairs; i++) {
            entries.put(value(), value());
        }
        return entries;
    }

    private Object valueAfterAttributes(int pairs) throws IOException {
        map(pairs);
        return value();
    }

    private static Double number(String line) {
        return switch (line) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(line);
        };
    }

    private static int length(String line) throws IOException {
        try {
            return Integer.parseInt(line);
        } catch (NumberFormatException e) {
            throw new IOException("not a RESP length: '" + line + "'", e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int next = nextByte(); next != '\r'; next = nextByte()) {
            text.write(next);
        }
        expect(nextByte() == '\n', "a line that ends in CR without LF");
        return text.toString(StandardCharsets.UTF_8);
    }

    private int nextByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the connection ended");
        }
        frame.write(next);
        return next;
    }

    private static void expect(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
