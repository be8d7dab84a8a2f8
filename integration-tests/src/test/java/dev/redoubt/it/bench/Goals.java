package dev.redoubt.it.bench;

import dev.redoubt.it.bench.Verdict.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The project's goals for a load, as ratios within one run. Pure. */
final class Goals {
    static final String DIRECT = "direct";
    static final String HAPROXY = "haproxy";
    static final String TWEMPROXY = "twemproxy";
    /** The endpoints that goals are held against, and that have none themselves. */
    static final Set<String> PEERS = Set.of(DIRECT, HAPROXY, TWEMPROXY);

    private static final double CPU_UNPIPELINED = 0.65;
    private static final double CPU_PIPELINED = 0.95;
    private static final double REDIS_CPU = 0.45;
    private static final double RATE = 1.0;
    private static final double P99 = 1.15;
    private static final int CPU_GOAL_CLIENTS = 50;

    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    /** Every goal that this run can judge for the endpoint; none for a peer that was not there. */
    List<Verdict> verdicts(String endpoint, List<BenchCase> cases) {
        List<Verdict> verdicts = new ArrayList<>();
        for (BenchCase benchCase : cases) {
            proxyCpu(endpoint, benchCase).ifPresent(verdicts::add);
            redisCpu(endpoint, benchCase).ifPresent(verdicts::add);
            rate(endpoint, benchCase).ifPresent(verdicts::add);
            p99(endpoint, benchCase).ifPresent(verdicts::add);
        }
        return verdicts;
    }

    private Optional<Verdict> proxyCpu(String endpoint, BenchCase benchCase) {
        if (benchCase.clients() != CPU_GOAL_CLIENTS) {
            return Optional.empty();
        }
        double limit = benchCase.isPipelined() ? CPU_PIPELINED : CPU_UNPIPELINED;
        return verdict("proxy CPU / HAProxy", endpoint, HAPROXY, benchCase, Metric.PROXY_CPU, Bound.AT_MOST, limit);
    }

    // One client alone leaves nothing to gather into one write, so Redis cannot gain there.
    private Optional<Verdict> redisCpu(String endpoint, BenchCase benchCase) {
        if (benchCase.isPipelined() || benchCase.clients() < CPU_GOAL_CLIENTS) {
            return Optional.empty();
        }
        return verdict("Redis CPU / direct", endpoint, DIRECT, benchCase, Metric.REDIS_CPU, Bound.AT_MOST, REDIS_CPU);
    }

    private Optional<Verdict> rate(String endpoint, BenchCase benchCase) {
        return better(benchCase, Metric.RATE, Comparator.reverseOrder())
                .flatMap(peer ->
                        verdict("rate / " + peer, endpoint, peer, benchCase, Metric.RATE, Bound.AT_LEAST, RATE));
    }

    private Optional<Verdict> p99(String endpoint, BenchCase benchCase) {
        return better(benchCase, Metric.P99, Comparator.naturalOrder())
                .flatMap(peer -> verdict("p99 / " + peer, endpoint, peer, benchCase, Metric.P99, Bound.AT_MOST, P99));
    }

    /** The peer with the better median; the order puts the better value first. */
    private Optional<String> better(BenchCase benchCase, Metric metric, Comparator<Double> order) {
        return Stream.of(HAPROXY, TWEMPROXY)
                .filter(peer -> results.median(benchCase, peer, metric).isPresent())
                .min(Comparator.comparing(
                        peer -> results.median(benchCase, peer, metric).getAsDouble(), order));
    }

    private Optional<Verdict> verdict(
            String goal, String endpoint, String base, BenchCase benchCase, Metric metric, Bound bound, double limit) {
        OptionalDouble value = results.ratioOfMedians(benchCase, endpoint, base, metric);
        OptionalDouble paired = results.medianOfRatios(benchCase, endpoint, base, metric);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict(goal, benchCase.name(), bound, limit, value.getAsDouble(), paired));
    }
}
