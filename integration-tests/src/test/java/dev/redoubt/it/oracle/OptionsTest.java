package dev.redoubt.it.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void withoutUnitsItIsTheWholeSuite() {
        assertEquals(new Options(Units.all(), false, false, Path.of("/s")), Options.parse("--source", "/s"));
        assertEquals(
                new Options(Units.all(), true, true, Path.of("s")),
                Options.parse("--source", "s", "--direct", "--record"));
    }

    @Test
    void unitsRunInTheOrderGiven() {
        assertEquals(
                List.of("unit/quit", "unit/multi"),
                Options.parse("--source", "s", "unit/quit", "unit/multi").units());
        assertEquals(Units.quick(), Options.parse("--source", "s", "--quick").units());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--source",
                "--source s --what",
                "--source s unit/none",
                "--source s --record unit/quit",
                "--source s --record --quick",
                "--source s --quick unit/quit"
            })
    void whatMakesNoSenseIsRefused(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments));
    }
}
