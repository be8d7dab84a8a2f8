package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrecedenceTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "true,  true,  true,  true,  from-option",
        "false, true,  true,  true,  from-environment",
        "false, false, true,  true,  from-file",
        "false, false, false, true,  from-application",
        "false, false, false, false, localhost",
        "true,  false, true,  false, from-option",
        "false, true,  false, true,  from-environment",
    })
    void highestSourceNamesTheUpstream(
            boolean option, boolean environment, boolean file, boolean application, String host) {
        ConfigurationSources sources = new ConfigurationSources();
        if (option) {
            sources.option(MainSetting.UPSTREAM_URL, "redis://from-option");
        }
        if (environment) {
            sources.environment("REDOUBT_UPSTREAM", "redis://from-environment");
        }
        if (file) {
            sources.file(directory, "upstream: redis://from-file");
        }
        if (application) {
            sources.environment("REDIS_URL", "redis://from-application");
        }

        UpstreamSettings upstream = sources.settings().upstream();

        assertEquals(host, upstream.host());
        assertEquals(option || environment || file || application, upstream.explicit());
    }

    @Test
    void optionNamesTheFileBeforeTheEnvironmentDoes() {
        Settings settings = new ConfigurationSources()
                .environment("REDOUBT_CONFIG", "/nowhere/redoubt.yaml")
                .option(MainSetting.CONFIG, written("profile: dev"))
                .settings();

        assertEquals(Profile.DEV, settings.profile());
    }

    @Test
    void emptyVariableCountsAsNotSet() {
        Settings settings = new ConfigurationSources()
                .environment("REDOUBT_UPSTREAM", "")
                .environment("REDIS_URL", "")
                .environment("REDIS_HOST", "redis.example")
                .settings();

        assertEquals("redis.example", settings.upstream().host());
    }

    @Test
    void applicationsPasswordStaysAwayFromAnUpstreamNamedElsewhere() {
        Settings settings = new ConfigurationSources()
                .environment("REDIS_PASSWORD", "of-another-server")
                .option(MainSetting.UPSTREAM_URL, "redis://redis.example")
                .settings();

        assertNull(settings.upstream().password());
    }

    @Test
    void passwordSettingGoesBeforeTheUrlsOfTheSameSource() {
        Settings settings = new ConfigurationSources()
                .environment("REDOUBT_UPSTREAM", "redis://:in-url@redis.example")
                .environment("REDOUBT_UPSTREAM_PASSWORD", "by-itself")
                .settings();

        assertEquals("by-itself", settings.upstream().password());
    }

    @Test
    void passwordInAUrlOfHigherPrecedenceGoesFirst() {
        Settings settings = new ConfigurationSources()
                .environment("REDOUBT_UPSTREAM_PASSWORD", "by-itself")
                .option(MainSetting.UPSTREAM_URL, "redis://:in-url@redis.example")
                .settings();

        assertEquals("in-url", settings.upstream().password());
    }

    @Test
    void databaseInAUrlOfHigherPrecedenceGoesFirst() {
        ConfigurationSources sources = new ConfigurationSources().environment("REDOUBT_UPSTREAM_DB", "3");
        assertEquals(3, sources.settings().upstream().db());

        sources.option(MainSetting.UPSTREAM_URL, "redis://redis.example/5");
        assertEquals(5, sources.settings().upstream().db());
    }

    @Test
    void memoryOnlyIsTakenBackByAnUpstreamOfHigherPrecedence() {
        ConfigurationSources sources = new ConfigurationSources()
                .environment("REDIS_DISABLED", "1")
                .environment("REDIS_URL", "redis://redis.example");
        assertTrue(sources.settings().upstream().disabled());

        sources.option(MainSetting.UPSTREAM_URL, "redis://redis.example");
        assertFalse(sources.settings().upstream().disabled());
    }

    private String written(String text) {
        ConfigurationSources unused = new ConfigurationSources().file(directory, text);
        assertTrue(unused.problems().isEmpty());
        return directory.resolve("redoubt.yaml").toString();
    }

    /** The higher source is added to the lower ones, and wins. */
    @ParameterizedTest
    @MethodSource("dev.redoubt.proxy.config.SettingTest#effectiveAlone")
    void everySettingIsReadFromEverySourceAndTheHighestWins(Setting setting) {
        ConfigurationSources sources = new ConfigurationSources();
        String value = SettingTest.other(setting);

        sources.file(directory, setting.key() + ": \"" + value + "\"\n");
        assertEquals(directory.resolve("redoubt.yaml") + ":1", source(sources, setting));

        sources.environment(setting.environmentName(), value);
        assertEquals(setting.environmentName(), source(sources, setting));

        sources.option(setting, value);
        assertEquals(setting.option(), source(sources, setting));
    }

    private static String source(ConfigurationSources sources, Setting setting) {
        Loaded.Sound sound = assertInstanceOf(Loaded.Sound.class, sources.load());
        return sound.effective().get(Setting.all().indexOf(setting)).source();
    }
}
