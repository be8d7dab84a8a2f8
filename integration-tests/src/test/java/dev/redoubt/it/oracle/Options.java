package dev.redoubt.it.oracle;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a run is to do. Immutable.
 *
 * @param units to run, in that order
 * @param direct without a proxy
 * @param record whether the repository is to keep what comes out
 * @param source of Redis
 */
record Options(List<String> units, boolean direct, boolean record, Path source) {
    static final String USAGE = """
        usage: ./dev oracle [options] [UNIT...]      Redis's own test suite through the proxy: all of it, or these units

          --quick      the part of it that CI runs
          --direct     without the proxy, to see what the suite says of Redis itself
          --record     put the results into docs/compatibility.md; with --direct: what passes into baseline.txt
                       (whole runs only)
          --source DIR an unpacked source tree of Redis (./dev oracle finds one)

        Left in target/oracle: results.tsv (every test), not-passing.txt, proxy.log, suite.log.
        Exit status: 0 what passes directly passes, or is in exceptions.txt; 1 something else does not; 2 wrong options;
        77 cannot run here.
        """;

    /** @throws IllegalArgumentException with a sentence for the user */
    static Options parse(String... arguments) {
        List<String> units = new ArrayList<>();
        boolean direct = false;
        boolean quick = false;
        boolean record = false;
        Path source = null;
        Deque<String> words = new ArrayDeque<>(List.of(arguments));
        while (!words.isEmpty()) {
            String word = words.remove();
            switch (word) {
                case "--direct" -> direct = true;
                case "--quick" -> quick = true;
                case "--record" -> record = true;
                case "--source" -> source = Path.of(value(word, words));
                default -> units.add(unit(word));
            }
        }
        if (source == null) {
            throw new IllegalArgumentException("--source is missing");
        }
        boolean whole = units.isEmpty() && !quick;
        if (record && !whole) {
            throw new IllegalArgumentException("--record is for whole runs");
        }
        if (quick && !units.isEmpty()) {
            throw new IllegalArgumentException("--quick chooses the units itself");
        }
        return new Options(whole ? Units.all() : quick ? Units.quick() : List.copyOf(units), direct, record, source);
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.remove();
    }

    private static String unit(String word) {
        if (!Units.all().contains(word)) {
            throw new IllegalArgumentException((word.startsWith("-") ? "there is no option " : "there is no unit ")
                    + word + "; units: " + String.join(" ", Units.all()));
        }
        return word;
    }
}
