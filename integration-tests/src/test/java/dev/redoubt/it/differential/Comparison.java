package dev.redoubt.it.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** How far two servers' replies to the same command have to agree. All but the first are for what no two servers have in common. */
enum Comparison {
    /** Byte for byte. */
    EXACT,
    /** The same elements in any order: Redis walks its hash tables by a seed that each server draws at its start. */
    UNORDERED,
    /** Numbers may differ by what passes between the two answers. */
    CLOSE,
    /** The number behind "id" may differ: HELLO. */
    GREETING,
    /** The same type, and null or not: chance, and what a server says about itself. */
    SHAPE;

    private static final long TOLERANCE = 5_000;
    private static final Pattern ID = Pattern.compile("\r\nid\r\n:\\d+\r\n");

    boolean accepts(byte[] expected, byte[] actual) {
        if (Arrays.equals(expected, actual)) {
            return true;
        }
        return switch (this) {
            case EXACT -> false;
            case UNORDERED -> sorted(expected).equals(sorted(actual));
            case CLOSE -> isClose(lines(expected), lines(actual));
            case GREETING -> withoutId(expected).equals(withoutId(actual));
            case SHAPE -> shape(expected).equals(shape(actual));
        };
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines(byte[] frame) {
        return Arrays.asList(text(frame).split("\r\n", -1));
    }

    /** An element with a line end inside falls into pieces, on both sides into the same ones. */
    private static List<String> sorted(byte[] frame) {
        List<String> lines = new ArrayList<>(lines(frame));
        Collections.sort(lines);
        return lines;
    }

    private static boolean isClose(List<String> expected, List<String> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i)) && !isClose(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClose(String expected, String actual) {
        boolean areNumbers = expected.matches(":\\d{1,18}") && actual.matches(":\\d{1,18}");
        return areNumbers
                && Math.abs(Long.parseLong(expected.substring(1)) - Long.parseLong(actual.substring(1))) <= TOLERANCE;
    }

    private static String withoutId(byte[] frame) {
        return ID.matcher(text(frame)).replaceAll("\r\nid\r\n:0\r\n");
    }

    private static String shape(byte[] frame) {
        String text = text(frame);
        return text.startsWith("$-1") || text.startsWith("*-1") || text.startsWith("-") || text.startsWith("_")
                ? text
                : text.substring(0, 1);
    }
}
