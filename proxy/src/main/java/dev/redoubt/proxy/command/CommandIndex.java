package dev.redoubt.proxy.command;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a command by its name in any case, without allocating. Immutable.
 *
 * <p>A name is read as up to three little-endian words of eight bytes, folded to lower case a word at a time, and looked up
 * in an open-addressed table that is at most a quarter full: most names of real traffic are one load, one multiplication and
 * one comparison. Longer names (no command of Redis has one) go through a plain map.
 */
public final class CommandIndex<T> {
    private static final int LONGEST_NAME = 3 * Long.BYTES;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The name's three words, slot by slot; the first is 0 where the slot is free. */
    private final long[] words;

    private final @Nullable Object[] found;
    private final byte[] lengths;
    private final int shift;
    private final Map<String, T> longNames = new HashMap<>();

    /** @param byName lower-case names, as they are to be found */
    public CommandIndex(Map<String, T> byName) {
        int bits = Math.max(3, 34 - Integer.numberOfLeadingZeros(byName.size()));
        words = new long[3 << bits];
        found = new Object[1 << bits];
        lengths = new byte[1 << bits];
        shift = Long.SIZE - bits;
        for (Map.Entry<String, T> entry : byName.entrySet()) {
            add(entry.getKey(), entry.getValue());
        }
    }

    @Nullable
    T find(ByteBuf buf, int start, int length) {
        if (length <= Long.BYTES) {
            return length <= 0 ? null : find(word(buf, start, length), 0, 0, length);
        }
        if (length > LONGEST_NAME) {
            return longNames.isEmpty() ? null : findLong(buf, start, length);
        }
        long second = word(buf, start + 8, Math.min(8, length - 8));
        long third = length <= 16 ? 0 : word(buf, start + 16, length - 16);
        return find(word(buf, start, 8), second, third, length);
    }

    /** Null if there is none of that name. */
    public @Nullable T find(byte[] name) {
        if (name.length > LONGEST_NAME) {
            return longNames.get(Args.lowerText(name));
        }
        return name.length == 0 ? null : find(word(name, 0), word(name, 8), word(name, 16), name.length);
    }

    @SuppressWarnings("unchecked") // nothing else is ever put there
    private @Nullable T find(long first, long second, long third, int length) {
        int slot = slot(first, second, third);
        while (words[3 * slot] != 0) {
            if (words[3 * slot] == first
                    && lengths[slot] == length
                    && words[3 * slot + 1] == second
                    && words[3 * slot + 2] == third) {
                return (T) found[slot];
            }
            slot = slot + 1 & lengths.length - 1;
        }
        return null;
    }

    private void add(String name, T value) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > LONGEST_NAME) {
            longNames.put(name, value);
            return;
        }
        int slot = slot(word(bytes, 0), word(bytes, 8), word(bytes, 16));
        while (words[3 * slot] != 0) {
            slot = slot + 1 & lengths.length - 1;
        }
        for (int i = 0; i < 3; i++) {
            words[3 * slot + i] = word(bytes, 8 * i);
        }
        lengths[slot] = (byte) bytes.length;
        found[slot] = value;
    }

    private int slot(long first, long second, long third) {
        return (int) ((first + second * 31 + third * 961) * SPREAD >>> shift);
    }

    private @Nullable T findLong(ByteBuf buf, int start, int length) {
        String name = buf.toString(start, length, StandardCharsets.ISO_8859_1);
        return longNames.get(name.toLowerCase(Locale.ROOT));
    }

    /** Up to eight bytes in one load, where the buffer holds eight; what lies behind the name is masked away. */
    private static long word(ByteBuf buf, int at, int count) {
        long word = at + Long.BYTES <= buf.writerIndex() ? buf.getLongLE(at) : lastBytes(buf, at, count);
        return lower(word & -1L >>> Long.SIZE - 8 * count);
    }

    private static long lastBytes(ByteBuf buf, int at, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (buf.getByte(at + i) & 0xFFL) << 8 * i;
        }
        return word;
    }

    private static long word(byte[] name, int at) {
        long word = 0;
        for (int i = 0; i < Long.BYTES && at + i < name.length; i++) {
            word |= (name[at + i] & 0xFFL) << 8 * i;
        }
        return lower(word);
    }

    /** Sets bit 5 of each byte from A to Z: adding makes bit 7 say "at least A" and "beyond Z" for eight bytes at once. */
    private static long lower(long word) {
        long low = word & 0x7F7F7F7F7F7F7F7FL;
        long fromA = low + 0x3F3F3F3F3F3F3F3FL;
        long beyondZ = low + 0x2525252525252525L;
        return word | (fromA & ~beyondZ & ~word & 0x8080808080808080L) >>> 2;
    }
}
