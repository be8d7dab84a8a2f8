package dev.redoubt.it.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the tests that pass directly. Immutable.
 *
 * @param units by unit, in the order in which they were run
 * @param notPassing what does not pass, in that order
 */
record Comparison(Map<String, Counts> units, List<NotPassing> notPassing) {

    /** @param notRun not reported, mostly because a failure before ended its block or unit */
    record Counts(int baseline, int passed, int failed, int hung, int notRun) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    baseline + other.baseline,
                    passed + other.passed,
                    failed + other.failed,
                    hung + other.hung,
                    notRun + other.notRun);
        }

        private static Counts of(Optional<Status> status) {
            if (status.isEmpty()) {
                return new Counts(1, 0, 0, 0, 1);
            }
            return switch (status.get()) {
                case OK -> new Counts(1, 1, 0, 0, 0);
                case FAILED -> new Counts(1, 0, 1, 0, 0);
                case HUNG -> new Counts(1, 0, 0, 1, 0);
                case SKIPPED -> new Counts(1, 0, 0, 0, 1);
            };
        }
    }

    /** @param how failed, hung, or not run */
    record NotPassing(TestName test, String how, String detail) {}

    /**
     * @param units that were run; others are left out
     * @param baseline the tests that pass directly
     */
    static Comparison of(List<String> units, TestList baseline, List<Outcome> outcomes) {
        Map<TestName, Outcome> byTest = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byTest.put(outcome.test(), outcome));
        Map<String, Counts> counts = new LinkedHashMap<>();
        units.forEach(unit -> counts.put(unit, Counts.NONE));
        List<NotPassing> notPassing = new ArrayList<>();
        for (TestName test : baseline.reasons().keySet()) {
            if (!counts.containsKey(test.unit())) {
                continue;
            }
            Optional<Outcome> outcome = Optional.ofNullable(byTest.get(test));
            counts.merge(test.unit(), Counts.of(outcome.map(Outcome::status)), Counts::plus);
            if (outcome.isEmpty() || outcome.get().status() != Status.OK) {
                notPassing.add(new NotPassing(
                        test,
                        outcome.map(Comparison::how).orElse("not run"),
                        outcome.map(Outcome::detail).orElse("")));
            }
        }
        return new Comparison(counts, notPassing);
    }

    Counts total() {
        return units.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    private static String how(Outcome outcome) {
        return switch (outcome.status()) {
            case OK -> "passed";
            case FAILED -> "failed";
            case HUNG -> "hung";
            case SKIPPED -> "not run";
        };
    }
}
