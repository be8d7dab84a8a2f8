package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rounds of all cases on all endpoints, taken in turns so that a drift of the machine meets all alike; the order is
 * reversed every other round. The first rounds warm up (a JVM compiles then) and are not counted.
 */
final class LoadRun {
    private final BenchOptions options;
    private final List<BenchCase> cases;
    private final Meter meter;
    private final List<Endpoint> endpoints;
    private final PrintStream progress;
    private int countedRounds;

    LoadRun(BenchOptions options, List<BenchCase> cases, Meter meter, List<Endpoint> endpoints, PrintStream progress) {
        this.options = options;
        this.cases = cases;
        this.meter = meter;
        this.endpoints = List.copyOf(endpoints);
        this.progress = progress;
    }

    /** Rounds that were counted: fewer than asked for if the time ran out. */
    int countedRounds() {
        return countedRounds;
    }

    Results run() throws InterruptedException {
        Results results = new Results();
        long start = System.nanoTime();
        for (int round = 0; round < options.warmupRounds() + options.rounds(); round++) {
            if (elapsed(start).compareTo(options.timeLimit()) > 0) {
                progress.println("the time is up: no more rounds");
                break;
            }
            boolean counted = round >= options.warmupRounds();
            runRound(round, counted ? results : new Results());
            countedRounds += counted ? 1 : 0;
            progress.printf(
                    "round %d of %d%s, %d s%n",
                    round + 1,
                    options.warmupRounds() + options.rounds(),
                    counted ? "" : " (warm-up)",
                    elapsed(start).toSeconds());
        }
        return results;
    }

    private void runRound(int round, Results results) throws InterruptedException {
        List<Endpoint> order = new ArrayList<>(endpoints);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        for (BenchCase benchCase : cases) {
            for (Endpoint endpoint : order) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                measure(round, benchCase, endpoint, results);
            }
        }
    }

    private void measure(int round, BenchCase benchCase, Endpoint endpoint, Results results)
            throws InterruptedException {
        try {
            results.add(benchCase, endpoint.name(), round, meter.measure(benchCase, endpoint));
        } catch (IOException failure) {
            progress.printf("%s on %s: %s%n", benchCase.name(), endpoint.name(), failure.getMessage());
            results.addFailure(benchCase, endpoint.name(), round, String.valueOf(failure.getMessage()));
        }
    }

    private static Duration elapsed(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
