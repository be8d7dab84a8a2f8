package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MarkedSectionTest {
    private static final String PAGE = """
        before
        <!-- load:begin -->
        old
        <!-- load:end -->
        after
        """;

    @Test
    void onlyWhatIsBetweenTheMarksIsReplaced() {
        String expected = """
            before
            <!-- load:begin -->
            new
            <!-- load:end -->
            after
            """;
        assertEquals(expected, new MarkedSection("load").replaceIn(PAGE, "\nnew\n\n"));
    }

    @Test
    void writingTheSameTwiceChangesNothing() {
        String once = new MarkedSection("load").replaceIn(PAGE, "new");
        assertEquals(once, new MarkedSection("load").replaceIn(once, "new"));
    }

    @Test
    void aPageWithoutTheMarksIsRefused() {
        MarkedSection absent = new MarkedSection("footprint");
        assertThrows(IllegalArgumentException.class, () -> absent.replaceIn(PAGE, "new"));
    }
}
