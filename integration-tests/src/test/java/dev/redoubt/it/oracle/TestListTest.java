package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestListTest {
    @Test
    void reasonsHoldForTheTestsThatFollowInTheirUnit() {
        TestList list = TestList.parse("""
            # about the file
            == unit/a
            x
            ! because
            y

            y (#2)
            == unit/b
            x
            """);

        assertEquals("", list.reasons().get(new TestName("unit/a", "x", 1)));
        assertEquals("because", list.reasons().get(new TestName("unit/a", "y", 1)));
        assertEquals("because", list.reasons().get(new TestName("unit/a", "y", 2)));
        assertEquals("", list.reasons().get(new TestName("unit/b", "x", 1)));
        assertFalse(list.has(new TestName("unit/b", "y", 1)));
    }

    @Test
    void someAreLeftOut() {
        TestList list = TestList.parse("== unit/a\n!! harmful\nx\n! because\ny\n");

        assertEquals("harmful", list.reasons().get(new TestName("unit/a", "x", 1)));
        assertEquals(Set.of(new TestName("unit/a", "x", 1)), list.leftOut());
    }

    @Test
    void whatIsWrittenIsRead() {
        List<TestName> tests = List.of(
                new TestName("unit/a", "x (really)", 1),
                new TestName("unit/a", "x (really)", 12),
                new TestName("unit/b", "an issue (#1561)", 1),
                new TestName("unit/b", "x  with\nspaces ", 1));

        TestList list = TestList.parse(TestList.text(tests));

        assertEquals(tests, List.copyOf(list.reasons().keySet()));
    }

    @Test
    void aTestStandsOnceInAList() {
        assertThrows(IllegalArgumentException.class, () -> TestList.parse("== unit/a\nx\nx\n"));
    }

    @Test
    void aTestNeedsAUnit() {
        assertThrows(IllegalArgumentException.class, () -> TestList.parse("x\n"));
    }

    @Test
    void everyExceptionHasAReasonAndPassesDirectly() {
        TestList baseline = TestList.load(TestList.BASELINE);

        TestList.load(TestList.EXCEPTIONS).reasons().forEach((test, reason) -> {
            assertFalse(reason.isEmpty(), test + " has no reason");
            assertTrue(baseline.has(test), test + " does not pass directly either, or there is no such test");
        });
    }

    @Test
    void theBaselineIsTheWholeSuite() {
        List<String> units = TestList.load(TestList.BASELINE).reasons().keySet().stream()
                .map(TestName::unit)
                .distinct()
                .toList();

        assertTrue(Units.all().containsAll(units), units + " are in baseline.txt");
        assertTrue(Units.all().containsAll(Units.quick())
                && Units.quick().size() < Units.all().size());
    }
}
