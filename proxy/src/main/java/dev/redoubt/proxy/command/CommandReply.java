package dev.redoubt.proxy.command;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an upstream's reply to COMMAND, RESP2 or RESP3: entries of name, arity, flags, first key, last key, step, and since
 * Redis 7.0 also categories, tips, key specifications and subcommands. For one reply after a connect, not for the hot path.
 */
public final class CommandReply {
    private static final int SUBCOMMANDS = 9;

    private final ByteBuf buf;
    private int at;

    private CommandReply(ByteBuf buf) {
        this.buf = buf;
        this.at = buf.readerIndex();
    }

    /**
     * @param reply the whole frame from the reader index on; borrowed, its indices stay where they are
     * @throws IllegalArgumentException if it is not a reply to COMMAND
     */
    public static List<UpstreamCommand> parse(ByteBuf reply) {
        try {
            return commands(new CommandReply(reply).value());
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not a reply to COMMAND", e);
        }
    }

    private static List<UpstreamCommand> commands(@Nullable Object entries) {
        List<UpstreamCommand> commands = new ArrayList<>();
        for (Object entry : list(entries)) {
            if (entry != null) {
                commands.add(command(list(entry)));
            }
        }
        return commands;
    }

    private static UpstreamCommand command(List<@Nullable Object> entry) {
        List<UpstreamCommand> subcommands = entry.size() > SUBCOMMANDS ? commands(entry.get(SUBCOMMANDS)) : List.of();
        List<String> flags = list(entry.get(2)).stream().map(String::valueOf).toList();
        return new UpstreamCommand(
                String.valueOf(entry.get(0)),
                number(entry, 1),
                flags,
                number(entry, 3),
                number(entry, 4),
                number(entry, 5),
                subcommands);
    }

    private static int number(List<@Nullable Object> entry, int index) {
        return Integer.parseInt(String.valueOf(entry.get(index)));
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a list was expected");
        }
        return (List<@Nullable Object>) value;
    }

    /** A list, a text (numbers too), or null. */
    private @Nullable Object value() {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '*', '~' -> elements(Integer.parseInt(rest));
            case '%' -> elements(2 * Integer.parseInt(rest));
            case '$', '=' -> bulk(Integer.parseInt(rest));
            case '+', ':', ',', '#', '(' -> rest;
            case '_' -> null;
            default -> throw new IllegalArgumentException("not a reply to COMMAND");
        };
    }

    private @Nullable List<@Nullable Object> elements(int count) {
        if (count < 0) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(value());
        }
        return elements;
    }

    private @Nullable String bulk(int length) {
        if (length < 0) {
            return null;
        }
        String text = buf.toString(at, length, StandardCharsets.ISO_8859_1);
        at += length + 2;
        return text;
    }

    private String line() {
        int end = buf.forEachByte(at, buf.writerIndex() - at, ByteProcessor.FIND_CRLF);
        if (end <= at) {
            throw new IllegalArgumentException("not a reply to COMMAND");
        }
        String line = buf.toString(at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 2;
        return line;
    }
}
