package dev.redoubt.it.agent;

import dev.redoubt.it.bench.Markdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The table of docs/agent-compatibility.md. Immutable. */
record MatrixPage(List<CellResult> results, List<String> skipped) {
    MatrixPage {
        results = results.stream()
                .sorted(Comparator.comparing(MatrixPage::place)
                        .thenComparing(result -> result.jdk().feature()))
                .toList();
        skipped = List.copyOf(skipped);
    }

    /** Its line in the list. */
    private static int place(CellResult result) {
        return ClientVersion.all().indexOf(result.version());
    }

    /** @param head what it was measured with, a line each */
    String markdown(List<String> head) {
        List<String> titles = new ArrayList<>(List.of("library", "Java"));
        Run.WITH_AGENT.forEach(run -> titles.add(run.title));
        titles.addAll(List.of("left unclosed", "connections", "threads", "descriptors"));
        return Markdown.bullets(head) + "\n\n"
                + Markdown.table(titles, results.stream().map(MatrixPage::row).toList()) + summary();
    }

    private static List<String> row(CellResult result) {
        List<String> row =
                new ArrayList<>(List.of(result.version().name(), result.jdk().feature() + ""));
        for (Run run : Run.WITH_AGENT) {
            List<String> problems = result.problems().get(run);
            row.add(problems == null ? "–" : problems.isEmpty() ? "same" : "**not**");
        }
        Measured without = result.without();
        row.add(result.version().unclosed() + "");
        Optional<Measured> with = result.redirected();
        row.add(change(without.named(), with.map(Measured::shared)));
        row.add(change(without.facts().threads(), with.map(run -> run.facts().threads())));
        row.add(change(
                without.facts().descriptors(), with.map(run -> run.facts().descriptors())));
        return row;
    }

    private static String change(Number without, Optional<? extends Number> with) {
        return without + with.map(number -> " → " + number).orElse("");
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        long passed = results.stream().filter(CellResult::passed).count();
        text.append("\n\n").append(passed).append(" of ").append(results.size()).append(" cells passed.\n");
        results.stream()
                .flatMap(result -> result.failures().stream())
                .map(line -> "- " + line.lines().findFirst().orElse(line) + "\n")
                .forEach(text::append);
        skipped.forEach(line -> text.append("- Left out: ").append(line).append('\n'));
        return text.toString();
    }
}
