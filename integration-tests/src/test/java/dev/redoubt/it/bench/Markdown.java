package dev.redoubt.it.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes tables. Pure. */
public final class Markdown {
    private static final String NOTHING = "–";

    private Markdown() {}

    /** The first column is left-aligned, the others are figures. */
    public static String table(List<String> titles, List<List<String>> rows) {
        String rule = "|---|" + "---:|".repeat(titles.size() - 1);
        return row(titles) + "\n" + rule + "\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining("\n"));
    }

    public static String bullets(List<String> lines) {
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    static String ratio(OptionalDouble value) {
        return value.isPresent() ? ratio(value.getAsDouble()) : NOTHING;
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String verdicts(List<Verdict> verdicts) {
        return table(
                List.of("goal", "where", "wanted", "measured", "per round", ""),
                verdicts.stream().map(Markdown::verdict).toList());
    }

    private static List<String> verdict(Verdict verdict) {
        String wanted = switch (verdict.bound()) {
            case AT_MOST -> "≤ ";
            case AT_LEAST -> "≥ ";
        };
        return List.of(
                verdict.goal(),
                verdict.benchCase(),
                wanted + number(verdict.limit()),
                number(verdict.value()),
                ratio(verdict.paired()),
                (verdict.met() ? "met" : "**missed**") + (verdict.isClose() ? ", close" : ""));
    }

    private static String number(double value) {
        return Math.abs(value) < 100 ? ratio(value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
