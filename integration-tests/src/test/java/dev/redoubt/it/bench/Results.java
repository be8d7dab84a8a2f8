package dev.redoubt.it.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** The samples of the counted rounds. A load that failed leaves a gap in its round. Confined to the bench's thread. */
final class Results {
    private record Key(BenchCase benchCase, String endpoint) {}

    private final Map<Key, Map<Integer, Sample>> samples = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    void add(BenchCase benchCase, String endpoint, int round, Sample sample) {
        samples.computeIfAbsent(new Key(benchCase, endpoint), key -> new TreeMap<>())
                .put(round, sample);
    }

    void addFailure(BenchCase benchCase, String endpoint, int round, String reason) {
        failures.add("%s on %s, round %d: %s".formatted(benchCase.name(), endpoint, round, reason));
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    Optional<Stats.Spread> spread(BenchCase benchCase, String endpoint, Metric metric) {
        double[] values = values(benchCase, endpoint, metric).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Stats.spread(values));
    }

    OptionalDouble median(BenchCase benchCase, String endpoint, Metric metric) {
        return spread(benchCase, endpoint, metric)
                .map(spread -> OptionalDouble.of(spread.median()))
                .orElseGet(OptionalDouble::empty);
    }

    /** How the goals are worded: median of the endpoint over median of the base. */
    OptionalDouble ratioOfMedians(BenchCase benchCase, String endpoint, String base, Metric metric) {
        OptionalDouble mine = median(benchCase, endpoint, metric);
        OptionalDouble theirs = median(benchCase, base, metric);
        return mine.isPresent() && theirs.isPresent() ? ratio(mine, theirs) : OptionalDouble.empty();
    }

    /** The median of the ratios within each round: drift of the machine between rounds cancels out. */
    OptionalDouble medianOfRatios(BenchCase benchCase, String endpoint, String base, Metric metric) {
        Map<Integer, Sample> mine = rounds(benchCase, endpoint);
        double[] ratios = rounds(benchCase, base).entrySet().stream()
                .filter(entry -> mine.containsKey(entry.getKey()))
                .map(entry -> ratio(metric.of(mine.get(entry.getKey())), metric.of(entry.getValue())))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Stats.median(ratios));
    }

    /** Cores that unrelated processes kept busy, a value for each load of the run. */
    double[] otherCores() {
        return samples.values().stream()
                .flatMap(rounds -> rounds.values().stream())
                .mapToDouble(Sample::otherCores)
                .toArray();
    }

    private DoubleStream values(BenchCase benchCase, String endpoint, Metric metric) {
        return rounds(benchCase, endpoint).values().stream().map(metric::of).flatMapToDouble(OptionalDouble::stream);
    }

    private Map<Integer, Sample> rounds(BenchCase benchCase, String endpoint) {
        return samples.getOrDefault(new Key(benchCase, endpoint), Map.of());
    }

    private static OptionalDouble ratio(OptionalDouble mine, OptionalDouble theirs) {
        if (mine.isEmpty() || theirs.isEmpty() || theirs.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(mine.getAsDouble() / theirs.getAsDouble());
    }
}
