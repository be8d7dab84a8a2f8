package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
    @Test
    void aRowIsReadWithoutRegardToItsWhiteSpace() {
        CommandSpec spec = TableFile.parse(
                        "# head\n\nzap  -3   1+numkeys@2 ~block @zadd memory-only 6.2   write,fast\n")
                .get("zap");

        assertEquals(-3, spec.arity());
        assertEquals(List.of(1, 1, 1), List.of(spec.firstKey(), spec.lastKey(), spec.keyStep()));
        assertTrue(spec.has(CommandFlag.WRITE) && spec.has(CommandFlag.FAST) && spec.has(CommandFlag.MOVABLEKEYS));
        assertTrue(spec.argumentsDecideRoute());
        assertNull(spec.fixedReplayClass());
        assertEquals(Fallback.MEMORY_ONLY, spec.fallback());
        assertEquals("6.2", spec.since());
        assertTrue(spec.isProven());
    }

    @Test
    void aSubcommandGoesIntoItsContainer() {
        Map<String, CommandSpec> specs = TableFile.parse("box -2 - shared unknown - 1.0 -\n"
                + "box|open 2 - session read - 7.0 -\n"
                + "box|shut 2 - shared admin - 10.0 -\n");

        assertEquals(1, specs.size());
        assertEquals(2, specs.get("box").subcommands().size());
        assertTrue(specs.get("box").argumentsDecideRoute());
        assertEquals(Route.SESSION, specs.get("box").route(Words.args("BOX Open")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HGETDEL",
                "HGETEX",
                "HSETEX",
                "VADD",
                "VSIM",
                "XDELEX",
                "XACKDEL",
                "DELEX",
                "DIGEST",
                "MSETEX",
                "XCFGSET",
                "HEXPIRE",
                "HPERSIST",
                "WAITAOF"
            })
    void commandsThatNoServerAtHandCanProveAreKnownAndInDoubt(String name) {
        CommandSpec spec = CommandTable.builtIn().find(name.getBytes(StandardCharsets.US_ASCII));

        assertNotNull(spec);
        assertFalse(spec.isProven());
        assertEquals(ReplayClass.UNKNOWN, Replays.replayClass(spec, Words.args(name + " k 1 2 3 4")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get 2 1 shared read read 1.0",
                "get 2 1 shared read read 1.0 fast more",
                "get two 1 shared read read 1.0 fast",
                "get 2 nowhere shared read read 1.0 fast",
                "get 2 1 somewhere read read 1.0 fast",
                "get 2 1 ~nosuch read read 1.0 fast",
                "get 2 1 shared harmless read 1.0 fast",
                "get 2 1 shared @nosuch read 1.0 fast",
                "get 2 1 shared read maybe 1.0 fast",
                "get 2 1 shared read read 1.0 slow",
                "no|container 2 1 shared read read 1.0 fast",
                "get 2 1 shared read read 1.0 fast\nget 2 1 shared read read 1.0 fast"
            })
    void aRowThatMakesNoSenseIsRefused(String rows) {
        assertThrows(IllegalArgumentException.class, () -> TableFile.parse(rows + "\n"));
    }
}
