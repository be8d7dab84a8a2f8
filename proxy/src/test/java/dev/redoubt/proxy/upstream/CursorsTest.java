package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.resp.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private static final ServerRun BEFORE = new ServerRun("one", "history", "a:1", 0);
    private static final ServerRun NOW = new ServerRun("two", "history", "a:1", 1);

    private final Cursors cursors = new Cursors();

    @Test
    void cursorOfAnEarlierRunIsLost() {
        cursors.given(0, call("SCAN 0 MATCH x"), Wire.bytes("17"), BEFORE);

        assertTrue(cursors.isLost(0, call("scan 17"), NOW));
        assertFalse(cursors.isLost(0, call("SCAN 17"), BEFORE));
        assertFalse(cursors.isLost(1, call("SCAN 17"), NOW), "of another database");
        assertFalse(cursors.isLost(0, call("SCAN 18"), NOW), "nobody has seen it");
        assertFalse(cursors.isLost(0, call("SCAN"), NOW));
    }

    @Test
    void anotherHistoryOfDataIsAnotherRun() {
        cursors.given(0, call("SCAN 0"), Wire.bytes("17"), BEFORE);

        assertTrue(cursors.isLost(0, call("SCAN 17"), new ServerRun("one", "another", "a:1", 0)));
        assertFalse(cursors.isLost(0, call("SCAN 17"), new ServerRun(null, "a:1", 0)), "nobody can tell");
    }

    @Test
    void cursorsOfAKeyAreItsOwn() {
        cursors.given(0, call("HSCAN k 0"), Wire.bytes("17"), BEFORE);

        assertTrue(cursors.isLost(0, call("HSCAN k 17"), NOW));
        assertFalse(cursors.isLost(0, call("HSCAN j 17"), NOW));
        assertFalse(cursors.isLost(0, call("ZSCAN k 17"), NOW));
        assertFalse(cursors.isLost(0, call("HSCAN k"), NOW));
    }

    @Test
    void whatBothRunsHaveGivenIsPassedOn() {
        cursors.given(0, call("SCAN 0"), Wire.bytes("17"), BEFORE);
        cursors.given(0, call("SCAN 0"), Wire.bytes("17"), NOW);

        assertFalse(cursors.isLost(0, call("SCAN 17"), NOW));
    }

    @Test
    void whatARunHasRefusedToGoOnFromIsItsOwnUnlessAnotherGaveIt() {
        cursors.given(0, call("SCAN 0"), Wire.bytes("17"), BEFORE);
        cursors.asked(0, call("SCAN 17"), NOW);
        cursors.asked(0, call("HSCAN k 18"), BEFORE);
        cursors.asked(0, call("HSCAN k 0"), BEFORE);
        cursors.asked(0, call("HSCAN k"), BEFORE);

        assertTrue(cursors.isLost(0, call("SCAN 17"), NOW));
        assertTrue(cursors.isLost(0, call("HSCAN k 18"), NOW));
        assertFalse(cursors.isLost(0, call("HSCAN k 0"), NOW), "the beginning of an iteration");
    }

    @Test
    void theEndOfAnIterationIsNoCursor() {
        cursors.given(0, call("SCAN 9"), Wire.bytes("0"), BEFORE);

        assertTrue(cursors.isEmpty());
    }

    @Test
    void theOldestIsForgotten() {
        for (int i = 1; i <= Cursors.MOST + 1; i++) {
            cursors.given(0, call("SCAN 0"), Wire.bytes("" + i), BEFORE);
        }

        assertFalse(cursors.isLost(0, call("SCAN 1"), NOW));
        assertTrue(cursors.isLost(0, call("SCAN 2"), NOW));
    }

    private static byte[][] call(String command) {
        return Arrays.stream(command.split(" ")).map(Wire::bytes).toArray(byte[][]::new);
    }
}
