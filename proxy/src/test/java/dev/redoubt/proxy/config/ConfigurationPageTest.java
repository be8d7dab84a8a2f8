package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationPageTest {
    /** The tests of a module run in its directory. */
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void tablesAreUpToDate() throws IOException {
        String page = Files.readString(PAGE);

        assertEquals(
                ConfigurationPage.renewed(page),
                page,
                "docs/configuration.md is out of date: run ./dev docs, and commit what it wrote");
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.proxy.config.Setting#all")
    void everySettingIsInTheTablesUnderAllItsNames(Setting setting) {
        String page = ConfigurationPage.renewed(ConfigurationPage.BEGIN + ConfigurationPage.END);

        setting.row().keys().forEach(key -> assertTrue(page.contains("`" + key + "`"), key));
        setting.row().environmentNames().forEach(name -> assertTrue(page.contains("`" + name + "`"), name));
        setting.options().forEach(option -> assertTrue(page.contains("`" + option + "`"), option));
    }

    @Test
    void whatStandsAroundTheTablesStays() {
        String page = "before\n" + ConfigurationPage.BEGIN + "old\n" + ConfigurationPage.END + "after\n";

        String renewed = ConfigurationPage.renewed(page);

        assertTrue(renewed.startsWith("before\n" + ConfigurationPage.BEGIN), renewed);
        assertTrue(renewed.endsWith(ConfigurationPage.END + "after\n"), renewed);
        assertTrue(!renewed.contains("old\n"), renewed);
        assertEquals(renewed, ConfigurationPage.renewed(renewed));
    }
}
