package dev.redoubt.it.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file of tests: a line {@code == unit} before those of each unit, a test a line; a line {@code ! reason} holds for the
 * tests that follow in its unit, and {@code !! reason} for some that are left out; blank lines and lines that begin with {@code #} are skipped. Immutable.
 *
 * @param reasons by test, in the file's order; empty where none is given
 * @param leftOut those that are not even tried, as what they leave behind would fail others
 */
record TestList(Map<TestName, String> reasons, Set<TestName> leftOut) {
    private static final String UNIT = "== ";
    private static final String REASON = "! ";
    private static final String REASON_LEFT_OUT = "!! ";

    /** The tests that pass on a Redis that is asked directly; {@code ./dev oracle --direct --record} writes it. */
    static final String BASELINE = "baseline.txt";

    /** The tests that are known not to pass through the proxy. */
    static final String EXCEPTIONS = "exceptions.txt";

    /** The one of that name among the resources of this package. */
    static TestList load(String resource) {
        try (InputStream file = TestList.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("no " + resource);
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestList parse(String text) {
        Map<TestName, String> reasons = new LinkedHashMap<>();
        Set<TestName> leftOut = new LinkedHashSet<>();
        String unit = "";
        String reason = "";
        boolean left = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(UNIT)) {
                unit = line.substring(UNIT.length());
                reason = "";
                left = false;
            } else if (line.startsWith(REASON) || line.startsWith(REASON_LEFT_OUT)) {
                left = line.startsWith(REASON_LEFT_OUT);
                reason = line.substring(line.indexOf(' ') + 1);
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                TestName test = TestName.parse(unit, line);
                if (reasons.put(test, reason) != null) {
                    throw new IllegalArgumentException("twice in the list: " + unit + ": " + line);
                }
                if (left) {
                    leftOut.add(test);
                }
            }
        }
        return new TestList(reasons, leftOut);
    }

    boolean has(TestName test) {
        return reasons.containsKey(test);
    }

    /** The file of these tests, by unit; without reasons. */
    static String text(Iterable<TestName> tests) {
        Map<String, StringBuilder> units = new LinkedHashMap<>();
        for (TestName test : tests) {
            units.computeIfAbsent(test.unit(), unit -> new StringBuilder(UNIT + unit + "\n"))
                    .append(test.inUnit())
                    .append('\n');
        }
        return units.values().stream().collect(Collectors.joining("\n"));
    }
}
