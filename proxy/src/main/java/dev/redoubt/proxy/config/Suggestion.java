package dev.redoubt.proxy.config;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a misspelt name may have meant. Stateless. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest candidate, or null if none is near: a quarter of its letters may differ. */
    static @Nullable String nearest(String name, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(2, candidate.length() / 4))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElse(null);
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replace = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replace, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
