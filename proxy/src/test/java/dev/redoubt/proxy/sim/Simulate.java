package dev.redoubt.proxy.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs many seeds: {@code --seeds N} of them, {@code --from S} on, with {@code --mutant NAME} where the proxy is to be broken. Ends at the first seed that breaks a law, with what happened in it.
 */
public final class Simulate {
    private static final int SHOWN = 400;

    private final Complaints complaints = Complaints.listen();
    private long seeds = 1_000;
    private long from = 1;
    private boolean all;
    private Mutant mutant = Mutant.NONE;

    private Simulate() {}

    /** @param arguments see the class */
    public static void main(String[] arguments) {
        Simulate simulate = new Simulate();
        simulate.parse(arguments);
        System.exit(simulate.run());
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
                case "--from" -> from = Long.parseLong(arguments[++i]);
                case "--mutant" -> mutant = Mutant.valueOf(arguments[++i]);
                case "--all" -> all = true;
                default ->
                    throw new IllegalArgumentException(arguments[i]
                            + ": [--seeds N] [--from SEED] [--mutant NAME] [--all: go on after a failure]");
            }
        }
    }

    private int run() {
        long begin = System.nanoTime();
        Map<String, Integer> tally = new TreeMap<>();
        long simulated = 0;
        int failures = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            Simulation.Result result = Simulation.run(seed, mutant, false, complaints);
            result.tally().forEach((what, count) -> tally.merge(what, count, Integer::sum));
            simulated += result.simulatedNanos();
            if (!result.isGood()) {
                failures++;
                if (!all) {
                    System.out.println(story(seed, mutant, complaints));
                    return 1;
                }
                System.out.println("seed " + seed + ": "
                        + result.broken().get(0).lines().limit(3).toList());
            }
        }
        System.out.println("How commands ended: " + tally);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d seeds, %d failed, %.0f simulated seconds in %.1f s: %.0f seeds/s%n",
                seeds, failures, simulated / 1e9, seconds, seeds / seconds);
        return failures == 0 ? 0 : 1;
    }

    /** Runs the seed once more and tells what happens in it. */
    static String story(long seed, Mutant mutant, Complaints complaints) {
        Simulation.Result result = Simulation.run(seed, mutant, true, complaints);
        List<String> trace = result.trace();
        List<String> end = trace.subList(Math.max(0, trace.size() - SHOWN), trace.size());
        return String.join("\n", end) + "\nseed " + seed + " breaks:\n" + String.join("\n", result.broken());
    }
}
