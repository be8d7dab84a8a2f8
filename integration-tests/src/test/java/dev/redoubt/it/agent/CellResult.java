package dev.redoubt.it.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a cell. Immutable.
 *
 * @param problems of each run that was made; none if it passed
 * @param redirected empty if there was no such run, or it came to no end
 */
record CellResult(
        ClientVersion version,
        Jdk jdk,
        Map<Run, List<String>> problems,
        Measured without,
        Optional<Measured> redirected) {

    boolean passed() {
        return problems.values().stream().allMatch(List::isEmpty);
    }

    String name() {
        return version.name() + " on Java " + jdk.feature();
    }

    /** All problems, a line each. */
    List<String> failures() {
        return problems.entrySet().stream()
                .flatMap(run ->
                        run.getValue().stream().map(problem -> name() + ", " + run.getKey().title + ": " + problem))
                .toList();
    }
}
