package dev.redoubt.it.oracle;

import dev.redoubt.it.oracle.Comparison.Counts;
import dev.redoubt.it.oracle.Comparison.NotPassing;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run says, for people. Pure. */
record Report(Comparison comparison, TestList exceptions) {

    /** For a terminal. */
    String table() {
        String head =
                String.format("%-24s %6s %6s %6s %6s %7s%n", "unit", "direct", "passed", "failed", "hung", "not run");
        return comparison.units().entrySet().stream()
                .filter(unit -> unit.getValue().baseline() > 0)
                .map(unit -> line(unit.getKey(), unit.getValue()))
                .collect(Collectors.joining("", head, line("all", comparison.total())));
    }

    /** For docs/compatibility.md. */
    String markdown() {
        String head = "| unit | pass directly | pass through Redoubt |\n|---|---:|---:|\n";
        return comparison.units().entrySet().stream()
                .filter(unit -> unit.getValue().baseline() > 0)
                .map(unit -> row(unit.getKey(), unit.getValue()))
                .collect(Collectors.joining("", head, row("**all**", comparison.total())));
    }

    /** What does not pass and is no exception. */
    List<NotPassing> unexpected() {
        return comparison.notPassing().stream()
                .filter(test -> !exceptions.has(test.test()))
                .toList();
    }

    /** Exceptions that pass. */
    List<TestName> needless() {
        return exceptions.reasons().keySet().stream()
                .filter(test -> comparison.units().containsKey(test.unit()))
                .filter(test -> comparison.notPassing().stream()
                        .noneMatch(other -> other.test().equals(test)))
                .toList();
    }

    /** One line a test: unit, what became of it, name, detail. */
    static String lines(List<NotPassing> tests) {
        return tests.stream()
                .map(test -> String.join(
                        "\t", test.test().unit(), test.how(), test.test().inUnit(), test.detail()))
                .collect(Collectors.joining("\n", "", tests.isEmpty() ? "" : "\n"));
    }

    /** A sentence. */
    String summary() {
        Counts total = comparison.total();
        return String.format(
                Locale.ROOT,
                "%,d of %,d tests that pass directly pass; %d do not and are in exceptions.txt, %d do not and are not",
                total.passed(),
                total.baseline(),
                comparison.notPassing().size() - unexpected().size(),
                unexpected().size());
    }

    private static String line(String unit, Counts counts) {
        return String.format(
                "%-24s %6d %6d %6d %6d %7d%n",
                unit, counts.baseline(), counts.passed(), counts.failed(), counts.hung(), counts.notRun());
    }

    private static String row(String unit, Counts counts) {
        return String.format(Locale.ROOT, "| %s | %,d | %,d |%n", unit, counts.baseline(), counts.passed());
    }
}
