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
    private final List<Ratio> ratios;

    /** A column that holds each endpoint's metric against another endpoint's. */
    record Ratio(String title, String base, Metric metric) {}

    /** The columns beside HAProxy and Redis itself. */
    static List<Ratio> besidePeers() {
        return List.of(
                new Ratio("rate / HAProxy", Goals.HAPROXY, Metric.RATE),
                new Ratio("proxy CPU / HAProxy", Goals.HAPROXY, Metric.PROXY_CPU),
                new Ratio("Redis CPU / direct", Goals.DIRECT, Metric.REDIS_CPU));
    }

    /** The columns beside that endpoint. */
    static List<Ratio> beside(String base) {
        return List.of(
                new Ratio("rate / " + base, base, Metric.RATE),
                new Ratio("proxy CPU / " + base, base, Metric.PROXY_CPU),
                new Ratio("Redis CPU / " + base, base, Metric.REDIS_CPU));
    }

    LoadReport(Results results, List<BenchCase> cases, List<Endpoint> endpoints, List<Ratio> ratios) {
        this.results = results;
        this.cases = cases;
        this.endpoints = endpoints;
        this.ratios = ratios;
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
        ratios.forEach(ratio -> titles.add(ratio.title()));
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
        for (Ratio ratio : ratios) {
            cells.add(Markdown.ratio(results.medianOfRatios(benchCase, endpoint, ratio.base(), ratio.metric())));
        }
        return cells;
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
