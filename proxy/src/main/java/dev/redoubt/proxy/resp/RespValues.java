package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one complete reply into values, for the control plane: byte strings as {@code byte[]}, simple strings as {@link String}, integers as {@link Long},
 * errors as {@link RespError}, aggregates as {@link List} (maps flattened), null as null. Never used for clients' replies.
 */
public final class RespValues {
    private final ByteBuf buf;
    private int index;

    private RespValues(ByteBuf buf, int index) {
        this.buf = buf;
        this.index = index;
    }

    /** Reads the complete reply that begins at that index; borrows the buffer. */
    public static @Nullable Object read(ByteBuf buf, int index) {
        return new RespValues(buf, index).next();
    }

    /** The text of a simple or bulk string; null for anything else. */
    public static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof String string ? string : null;
    }

    private @Nullable Object next() {
        byte type = buf.getByte(index++);
        String line = line();
        return switch (type) {
            case '+', ',', '(' -> line;
            case '-' -> new RespError(line);
            case ':' -> Long.valueOf(line);
            case '#' -> line.equals("t") ? 1L : 0L;
            case '$', '=' -> bulk(Integer.parseInt(line));
            case '!' -> new RespError(new String(bulkOf(Integer.parseInt(line)), StandardCharsets.UTF_8));
            case '*', '~', '>' -> list(Integer.parseInt(line));
            case '%' -> list(2 * Integer.parseInt(line));
            case '|' -> {
                list(2 * Integer.parseInt(line));
                yield next();
            }
            default -> null;
        };
    }

    private byte @Nullable [] bulk(int length) {
        return length < 0 ? null : bulkOf(length);
    }

    private byte[] bulkOf(int length) {
        byte[] bytes = new byte[length];
        buf.getBytes(index, bytes);
        index += length + 2;
        return bytes;
    }

    private @Nullable List<@Nullable Object> list(int size) {
        if (size < 0) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            list.add(next());
        }
        return list;
    }

    private String line() {
        int cr = buf.indexOf(index, buf.writerIndex(), (byte) '\r');
        String line = buf.toString(index, cr - index, StandardCharsets.UTF_8);
        index = cr + 2;
        return line;
    }
}
