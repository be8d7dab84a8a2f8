package dev.redoubt.proxy.fallback;

import java.nio.charset.StandardCharsets;

/** Numbers as Redis reads and writes them. */
final class Numbers {
    private static final int MAX_DIGITS = 19;

    private Numbers() {}

    /** True for what Redis takes as an integer: no spaces, no plus, no leading zeros, within 64 bits. */
    static boolean isLong(byte[] bytes) {
        int length = bytes.length;
        int from = length > 0 && bytes[0] == '-' ? 1 : 0;
        int digits = length - from;
        if (digits < 1 || digits > MAX_DIGITS) {
            return false;
        }
        if (bytes[from] == '0') {
            return length == 1;
        }
        for (int i = from; i < length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return digits < MAX_DIGITS || isWithinLong(bytes, from);
    }

    /** Nineteen digits fit if they are not above the largest nineteen-digit number. */
    private static boolean isWithinLong(byte[] bytes, int from) {
        String limit = from == 1 ? "9223372036854775808" : "9223372036854775807";
        for (int i = 0; i < MAX_DIGITS; i++) {
            int difference = bytes[from + i] - limit.charAt(i);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return true;
    }

    /** Of bytes that {@link #isLong} takes. */
    static long parseLong(byte[] bytes) {
        return parseLong(bytes, 0, bytes.length);
    }

    /** @throws Unreadable if it is not a number */
    static long parseLong(byte[] bytes, int from, int length) {
        boolean negative = length > 0 && bytes[from] == '-';
        int at = negative ? 1 : 0;
        if (at >= length) {
            throw Unreadable.INSTANCE;
        }
        long value = 0;
        for (; at < length; at++) {
            int digit = bytes[from + at] - '0';
            if (digit < 0 || digit > 9) {
                throw Unreadable.INSTANCE;
            }
            value = value * 10 - digit;
        }
        return negative ? value : -value;
    }

    static byte[] toBytes(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }
}
