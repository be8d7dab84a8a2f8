package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaysOfTransactionTest {
    private final CommandTable table = CommandTable.builtIn();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            GET a; GET b                                         => READ
            GET a; SET b v                                       => LAST_WINS
            SET a v; GET a                                       => LAST_WINS
            GET a; SET a v                                       => DESTRUCTIVE_READ
            GET a; SET b v; MSET c 1 a 2                         => DESTRUCTIVE_READ
            SET a v; SET a w                                     => LAST_WINS
            HSET h f v; HSET h f w                               => LAST_WINS
            HSET h f v; SET h w                                  => DESTRUCTIVE_READ
            SET h w; HSET h f v                                  => LAST_WINS
            DBSIZE; SET a v                                      => DESTRUCTIVE_READ
            SORT a BY w_*; SET w_1 v                             => DESTRUCTIVE_READ
            TIME; SET a v                                        => LAST_WINS
            GET a; INCR b                                        => ACCUMULATES
            GET a; EVAL x 0                                      => UNIT
            SET a v; NOSUCH.MODULE b                             => UNKNOWN
            """)
    void classOfATransaction(String calls, ReplayClass expected) {
        CommandTable withModule = table.merge(java.util.List.of(
                new UpstreamCommand("nosuch.module", -2, java.util.List.of("write"), 1, 1, 1, java.util.List.of())));
        var list = Arrays.stream(calls.split(";"))
                .map(line -> Words.call(withModule, line))
                .toList();

        assertEquals(expected, Replays.ofTransaction(list));
    }

    @Test
    void anEmptyTransactionIsARead() {
        assertEquals(ReplayClass.READ, Replays.ofTransaction(java.util.List.of()));
    }

    @Test
    void aLaterWriteDisturbsAnEarlierReadOfItsKeys() {
        assertTrue(disturbs("GET a", "SET a v"));
        assertTrue(disturbs("GET a", "DEL b a"));
        assertTrue(disturbs("GET a", "FLUSHALL"));
        assertTrue(disturbs("GET a", "EVAL x 1 b"));
        assertTrue(disturbs("KEYS *", "SET a v"));
        assertFalse(disturbs("GET a", "SET b v"));
        assertFalse(disturbs("GET a", "GET a"));
        assertFalse(disturbs("TIME", "FLUSHALL"));
        assertFalse(disturbs("SET a v", "SET a w"));
        assertTrue(disturbs("HSET a f v", "SET a w"), "it would fail");
        assertFalse(disturbs("SET a w", "HSET a f v"));
        assertFalse(disturbs("GET a", "SET a"), "Redis refuses it");
    }

    @Test
    void whatNobodyKnowsMayWriteEverything() {
        LaterWrites later = new LaterWrites();
        later.addUnknown();

        assertTrue(later.disturb(Words.call(table, "GET a")));
        assertFalse(later.disturb(Words.call(table, "TIME")));
    }

    private boolean disturbs(String earlier, String later) {
        LaterWrites writes = new LaterWrites();
        writes.add(Words.call(table, later));
        return writes.disturb(Words.call(table, earlier));
    }
}
