package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.oracle.Comparison.Counts;
import dev.redoubt.it.oracle.Comparison.NotPassing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final TestList BASELINE = TestList.parse("== unit/a\np\nf\nh\nn\n== unit/b\nx\n== unit/c\ny\n");

    private static final Comparison COMPARISON = Comparison.of(
            List.of("unit/b", "unit/a"),
            BASELINE,
            List.of(
                    outcome("unit/a", "p", Status.OK),
                    outcome("unit/a", "f", Status.FAILED),
                    outcome("unit/a", "h", Status.HUNG),
                    outcome("unit/a", "new", Status.FAILED),
                    outcome("unit/b", "x", Status.OK)));

    @Test
    void onlyWhatPassesDirectlyInTheUnitsThatWereRunIsCounted() {
        assertEquals(new Counts(4, 1, 1, 1, 1), COMPARISON.units().get("unit/a"));
        assertEquals(new Counts(5, 2, 1, 1, 1), COMPARISON.total());
        assertEquals(List.of("unit/b", "unit/a"), List.copyOf(COMPARISON.units().keySet()));
    }

    @Test
    void exceptionsAreExpectedNotToPass() {
        Report report = new Report(COMPARISON, TestList.parse("== unit/a\n! why\nf\nn\n"));

        assertEquals(List.of(name("unit/a", "h")), tests(report.unexpected()));
        assertEquals(
                "2 of 5 tests that pass directly pass; 2 do not and are in exceptions.txt, 1 do not and are not",
                report.summary());
    }

    @Test
    void exceptionsThatPassAreNoneOfUnitsThatWereNotRun() {
        Report report = new Report(COMPARISON, TestList.parse("== unit/a\np\n== unit/c\ny\n"));

        assertEquals(List.of(name("unit/a", "p")), report.needless());
    }

    @Test
    void tablesHaveALineAUnit() {
        Report report = new Report(COMPARISON, TestList.parse(""));

        assertEquals(4, report.table().lines().count());
        assertTrue(report.markdown().endsWith("| unit/a | 4 | 1 |\n| **all** | 5 | 2 |\n"), report.markdown());
        assertEquals(
                "unit/a\tfailed\tf\twhat",
                Report.lines(COMPARISON.notPassing()).lines().findFirst().orElseThrow());
    }

    private static List<TestName> tests(List<NotPassing> notPassing) {
        return notPassing.stream().map(NotPassing::test).toList();
    }

    private static Outcome outcome(String unit, String name, Status status) {
        return new Outcome(name(unit, name), status, 0, "what");
    }

    private static TestName name(String unit, String name) {
        return new TestName(unit, name, 1);
    }
}
