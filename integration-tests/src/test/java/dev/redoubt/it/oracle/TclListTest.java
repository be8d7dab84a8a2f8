package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TclListTest {
    @Test
    void elementsAreBareInBracesOrInQuotes() {
        assertEquals(List.of("ok", "SET and GET", "12"), TclList.parse("ok {SET and GET} 12"));
        assertEquals(List.of("a b", "", "c"), TclList.parse("  \"a b\"\t{} \n c "));
        assertEquals(List.of(), TclList.parse(""));
    }

    @Test
    void bracesKeepWhatIsInThem() {
        assertEquals(List.of("a {b} c", "\\{ \\n"), TclList.parse("{a {b} c} {\\{ \\n}"));
    }

    @Test
    void backslashesAreTakenAwayElsewhere() {
        assertEquals(List.of("a b{", "\n\t", "\"x"), TclList.parse("a\\ b\\{ \\n\\t \"\\\"x\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a", "\"a", "{a}b"})
    void whatIsNoListIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TclList.parse(text));
    }
}
