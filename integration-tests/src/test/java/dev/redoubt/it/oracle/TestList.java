package dev.redoubt.it.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file of tests: a line {@code == unit} before those of each unit, a test a line; a line {@code ! reason} holds for the
 * tests that follow in its unit; blank lines and lines that begin with {@code #} are skipped. Immutable.
 *
 * @param reasons by test, in the file's order; empty where none is given
 */
record TestList(Map<TestName, String> reasons) {
    private static final String UNIT = "== ";
    private static final String REASON = "! ";

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
        String unit = "";
        String reason = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(UNIT)) {
                unit = line.substring(UNIT.length());
                reason = "";
            } else if (line.startsWith(REASON)) {
                reason = line.substring(REASON.length());
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                if (reasons.put(TestName.parse(unit, line), reason) != null) {
                    throw new IllegalArgumentException("twice in the list: " + unit + ": " + line);
                }
            }
        }
        return new TestList(reasons);
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
