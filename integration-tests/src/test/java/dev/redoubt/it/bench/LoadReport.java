package dev.redoubt.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The load part of the report, in Markdown. Pure. */
final class LoadReport {
    // More than this of a core used by others, and the figures say more about the machine than about the proxies.
    private static final double QUIET_CORES = 0.05;

    private final Results results;
    private final List<BenchCase> cases;
    private final List<Endpoint> endpoints;

    LoadReport(Results results, List<BenchCase> cases, List<Endpoint> endpoints) {
        this.results = results;
        this.cases = cases;
        this.endpoints = endpoints;
    }

    /** @param judged the names of the endpoints that have goals to meet */
    String markdown(int rounds, List<String> judged) {
        List<String> parts = new ArrayList<>();
        parts.add("%d counted rounds; each figure is a median, with its quartiles in parentheses. %s"
                .formatted(rounds, otherWork()));
        if (!results.failures().isEmpty()) {
            parts.add("Loads that failed and are not in the figures:\n\n" + Markdown.bullets(results.failures()));
        }
        cases.forEach(benchCase -> parts.add(caseTable(benchCase)));
        judged.forEach(name -> parts.add(verdicts(name)));
        return String.join("\n\n", parts);
    }

    private String otherWork() {
        double[] cores = results.otherCores();
        if (cores.length == 0) {
            return "Nothing was measured.";
        }
        double median = Stats.median(cores);
        return String.format(
                Locale.ROOT,
                "Other processes used %.2f cores meanwhile (median; at worst %.2f)%s.",
                median,
                Stats.quantile(1, cores),
                median > QUIET_CORES ? ": **not a quiet machine**" : "");
    }

    private String caseTable(BenchCase benchCase) {
        List<String> titles = new ArrayList<>(List.of("endpoint"));
        for (Metric metric : Metric.values()) {
            titles.add(metric.title());
        }
        titles.addAll(List.of("rate / HAProxy", "proxy CPU / HAProxy", "Redis CPU / direct"));
        return "### " + benchCase.title() + " (`" + benchCase.name() + "`)\n\n"
                + Markdown.table(
                        titles,
                        endpoints.stream()
                                .map(endpoint -> row(benchCase, endpoint.name()))
                                .toList());
    }

    private List<String> row(BenchCase benchCase, String endpoint) {
        List<String> cells = new ArrayList<>(List.of(endpoint));
        for (Metric metric : Metric.values()) {
            cells.add(results.spread(benchCase, endpoint, metric)
                    .map(spread -> text(metric, spread))
                    .orElse("–"));
        }
        cells.add(ratio(benchCase, endpoint, Goals.HAPROXY, Metric.RATE));
        cells.add(ratio(benchCase, endpoint, Goals.HAPROXY, Metric.PROXY_CPU));
        cells.add(ratio(benchCase, endpoint, Goals.DIRECT, Metric.REDIS_CPU));
        return cells;
    }

    private String ratio(BenchCase benchCase, String endpoint, String base, Metric metric) {
        return Markdown.ratio(results.medianOfRatios(benchCase, endpoint, base, metric));
    }

    private String verdicts(String endpoint) {
        List<Verdict> verdicts = new Goals(results).verdicts(endpoint, cases);
        return verdicts.isEmpty()
                ? "No goal of " + endpoint + " could be judged in this run."
                : "### Goals: " + endpoint + "\n\n" + Markdown.verdicts(verdicts);
    }

    private static String text(Metric metric, Stats.Spread spread) {
        return Stream.of(spread.lower(), spread.upper())
                .map(metric::text)
                .collect(Collectors.joining("–", metric.text(spread.median()) + " (", ")"));
    }
}
