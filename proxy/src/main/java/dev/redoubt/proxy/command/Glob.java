package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;

/** A glob pattern as KEYS has it: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and a backslash that escapes. Immutable. */
public final class Glob {
    private static final int NO_MATCH = -1;

    private final byte[] pattern;

    public Glob(byte[] pattern) {
        this.pattern = pattern;
    }

    public Glob(String pattern) {
        this(pattern.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isAll() {
        return pattern.length == 1 && pattern[0] == '*';
    }

    /** Only the last star is ever tried again: an earlier one could not reach anything that this one cannot. */
    public boolean matches(byte[] text) {
        if (text.length == 0) {
            // In Redis stars do not match an empty key, except for the one that means all keys.
            return pattern.length == 0 || isAll();
        }
        int at = 0;
        int textAt = 0;
        int afterStar = NO_MATCH;
        int starCovers = 0;
        while (textAt < text.length) {
            if (at < pattern.length && pattern[at] == '*') {
                afterStar = ++at;
                starCovers = textAt;
                continue;
            }
            int next = at < pattern.length ? afterOne(at, text[textAt]) : NO_MATCH;
            if (next != NO_MATCH) {
                at = next;
                textAt++;
            } else if (afterStar != NO_MATCH) {
                at = afterStar;
                textAt = ++starCovers;
            } else {
                return false;
            }
        }
        return restIsStars(at);
    }

    private boolean restIsStars(int from) {
        for (int i = from; i < pattern.length; i++) {
            if (pattern[i] != '*') {
                return false;
            }
        }
        return true;
    }

    /** Where the pattern goes on if the element at this place takes this byte. */
    private int afterOne(int at, byte b) {
        return switch (pattern[at]) {
            case '?' -> at + 1;
            case '[' -> afterClass(at + 1, b);
            case '\\' -> afterLiteral(at + 1 < pattern.length ? at + 1 : at, b);
            default -> afterLiteral(at, b);
        };
    }

    private int afterLiteral(int at, byte b) {
        return pattern[at] == b ? at + 1 : NO_MATCH;
    }

    /** A class that is never closed ends with the pattern, as in Redis. */
    private int afterClass(int from, byte b) {
        int at = from;
        boolean negated = at < pattern.length && pattern[at] == '^';
        if (negated) {
            at++;
        }
        boolean found = false;
        while (at < pattern.length && pattern[at] != ']') {
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                found |= pattern[at + 1] == b;
                at += 2;
            } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
                found |= isBetween(pattern[at], pattern[at + 2], b);
                at += 3;
            } else {
                found |= pattern[at] == b;
                at++;
            }
        }
        return found == negated ? NO_MATCH : Math.min(at + 1, pattern.length);
    }

    private static boolean isBetween(byte one, byte other, byte b) {
        return b >= Math.min(one, other) && b <= Math.max(one, other);
    }
}
