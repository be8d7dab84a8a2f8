package dev.redoubt.proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.redoubt.proxy.config.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {
    private static final Map<String, String> NOTHING_SAID = Map.of("TERM", "xterm-256color", "NO_COLOR", "");

    @Test
    void coloursGoToATerminalOnly() {
        assertEquals("COLOURED", LogSetup.appender(LogFormat.TERMINAL, NOTHING_SAID, true));
        assertEquals("TERMINAL", LogSetup.appender(LogFormat.TERMINAL, NOTHING_SAID, false));
    }

    @Test
    void coloursThatAreUnwantedAreLeftOut() {
        assertEquals("TERMINAL", LogSetup.appender(LogFormat.TERMINAL, Map.of("NO_COLOR", "1"), true));
        assertEquals("TERMINAL", LogSetup.appender(LogFormat.TERMINAL, Map.of("TERM", "dumb"), true));
    }

    @Test
    void jsonIsJsonOnATerminalToo() {
        assertEquals("JSON", LogSetup.appender(LogFormat.JSON, NOTHING_SAID, true));
    }

    @Test
    void aFileIsNoTerminal(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("log"));

        assertFalse(LogSetup.isTerminal(file));
        assertFalse(LogSetup.isTerminal(directory.resolve("absent")));
    }
}
