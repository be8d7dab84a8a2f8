package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.bench.StackSummary.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackSummaryTest {
    private static final List<Stack> STACKS = List.of(
            new Stack("lane", List.of("Scanner.scan", "Session.read", "Loop.run")),
            new Stack("lane", List.of("Scanner.scan", "Session.read", "Loop.run")),
            new Stack("lane", List.of("Upstream.write", "Loop.run")),
            new Stack("recorder", List.of("Store.put", "Store.put", "Recorder.run")));

    @Test
    void eachListHasItsLargestShareFirst() {
        String text = StackSummary.text(STACKS);
        assertEquals("   75.0%  lane", lineAfter(text, "threads"));
        assertEquals("   50.0%  Scanner.scan", lineAfter(text, "on top of the stack"));
        assertEquals("   75.0%  Loop.run", lineAfter(text, "anywhere on the stack"));
        assertEquals("   50.0%  Scanner.scan < Session.read < Loop.run", lineAfter(text, "on top, with callers"));
    }

    @Test
    void aRecursiveMethodCountsOnceAStack() {
        assertTrue(StackSummary.text(STACKS).contains("   25.0%  Store.put\n"));
    }

    @Test
    void noSamplesGiveNoShares() {
        assertTrue(StackSummary.text(List.of()).contains("threads (0 samples)\n\n"));
    }

    private static String lineAfter(String text, String title) {
        List<String> lines = text.lines().toList();
        return lines.stream()
                .dropWhile(line -> !line.startsWith(title))
                .skip(1)
                .findFirst()
                .orElseThrow();
    }
}
