package dev.redoubt.proxy.fallback;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One command of a recorded run: a view that is used again for the next. Confined to the flight reader. */
final class RecordedCommand {
    private byte[] bytes = new byte[0];
    private int[] from = new int[16];
    private int[] length = new int[16];
    private int count;

    void reset(byte[] bytes) {
        this.bytes = bytes;
        count = 0;
    }

    void add(int from, int length) {
        if (count == this.from.length) {
            this.from = Arrays.copyOf(this.from, count * 2);
            this.length = Arrays.copyOf(this.length, count * 2);
        }
        this.from[count] = from;
        this.length[count] = length;
        count++;
    }

    /** The name counts. */
    int count() {
        return count;
    }

    byte[] argument(int i) {
        return Arrays.copyOfRange(bytes, from[i], from[i] + length[i]);
    }

    int length(int i) {
        return length[i];
    }

    /** In upper case. */
    String word(int i) {
        return new String(bytes, from[i], length[i], StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    long number(int i) {
        return Numbers.parseLong(bytes, from[i], length[i]);
    }

    byte[][] arguments() {
        byte[][] arguments = new byte[count][];
        for (int i = 0; i < count; i++) {
            arguments[i] = argument(i);
        }
        return arguments;
    }
}
