package dev.redoubt.it.bench;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns sampled stacks into the lists that one reads first. Pure. */
final class StackSummary {
    private static final int LINES = 40;
    private static final int CALLERS = 4;

    /** A sample: the method that ran comes first. */
    record Stack(String thread, List<String> frames) {}

    private StackSummary() {}

    static String text(List<Stack> stacks) {
        Map<String, Integer> threads = new HashMap<>();
        Map<String, Integer> self = new HashMap<>();
        Map<String, Integer> inclusive = new HashMap<>();
        Map<String, Integer> paths = new HashMap<>();
        for (Stack stack : stacks) {
            threads.merge(stack.thread(), 1, Integer::sum);
            self.merge(stack.frames().get(0), 1, Integer::sum);
            paths.merge(path(stack.frames()), 1, Integer::sum);
            new HashSet<>(stack.frames()).forEach(frame -> inclusive.merge(frame, 1, Integer::sum));
        }
        return section("threads", threads, stacks.size())
                + section("on top of the stack", self, stacks.size())
                + section("anywhere on the stack", inclusive, stacks.size())
                + section("on top, with callers", paths, stacks.size());
    }

    private static String path(List<String> frames) {
        return String.join(" < ", frames.subList(0, Math.min(CALLERS, frames.size())));
    }

    private static String section(String title, Map<String, Integer> counts, int all) {
        StringBuilder text = new StringBuilder(title + " (" + all + " samples)\n");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LINES)
                .forEach(entry -> text.append(
                        String.format(Locale.ROOT, "  %5.1f%%  %s%n", 100.0 * entry.getValue() / all, entry.getKey())));
        return text.append('\n').toString();
    }
}
