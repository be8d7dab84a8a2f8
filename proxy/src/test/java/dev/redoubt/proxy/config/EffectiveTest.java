package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each setting says which value is in force, and where that came from. */
class EffectiveTest {
    private final ConfigurationSources sources = new ConfigurationSources();

    @TempDir
    Path directory;

    @Test
    void everySettingIsListedInTheTablesOrder() {
        assertEquals(Setting.all(), effective().stream().map(Effective::setting).toList());
    }

    @Test
    void eachSourceIsNamedAsPeopleKnowIt() {
        sources.file(directory, "# mine\nbacklog:\n  hold-budget: 4s\n")
                .environment("REDOUBT_PROFILE", "dev")
                .environment("REDIS_URL", "redis://:hunter2@redis.example/3")
                .option(ProcessSetting.LOG_LEVEL, "warn");

        assertIs("4s", directory.resolve("redoubt.yaml") + ":3", BacklogSetting.HOLD_BUDGET);
        assertIs("dev", "REDOUBT_PROFILE", MainSetting.PROFILE);
        assertIs("redis://:***@redis.example/3", "REDIS_URL", MainSetting.UPSTREAM_URL);
        assertIs("warn", "--log-level", ProcessSetting.LOG_LEVEL);
        assertIs("auto", "default", ProcessSetting.TRANSPORT);
    }

    @Test
    void whatFollowsFromAnotherSettingNamesThatSetting() {
        sources.option(MainSetting.PROFILE, "dev")
                .option(FallbackSetting.PROFILE, "session")
                .option(BacklogSetting.HOLD_BUDGET, "4s");

        assertIs("2", "profile dev", ReconnectSetting.ATTEMPTS);
        assertIs("error", "fallback.profile session", FallbackSetting.ON_MISS);
        assertIs("4s", "backlog.hold-budget 4s", ReplaySetting.WINDOW);
    }

    @Test
    void whatIsGivenDoesNotFollow() {
        sources.option(MainSetting.PROFILE, "dev").option(ReconnectSetting.ATTEMPTS, "9");

        assertIs("9", "--reconnect-attempts", ReconnectSetting.ATTEMPTS);
    }

    @Test
    void partsOfTheUrlHaveItsSource() {
        sources.option(MainSetting.UPSTREAM_URL, "redis://joe:hunter2@redis.example/3")
                .environment("REDOUBT_UPSTREAM_DB", "5");

        assertIs("3", "--upstream", UpstreamSetting.DB);
        assertIs("joe", "--upstream", UpstreamSetting.USERNAME);
        assertIs("***", "--upstream", UpstreamSetting.PASSWORD);
    }

    @Test
    void urlOfHigherPrecedenceTakesBackThatRedisIsDisabled() {
        sources.option(MainSetting.UPSTREAM_URL, "redis://redis.example")
                .environment("REDOUBT_UPSTREAM_DISABLED", "true");

        assertIs("false", "--upstream", UpstreamSetting.DISABLED);
    }

    @Test
    void urlWithAPasswordTakesBackAUserOfLowerPrecedence() {
        sources.option(MainSetting.UPSTREAM_URL, "redis://:hunter2@redis.example")
                .environment("REDOUBT_UPSTREAM_USERNAME", "joe");

        assertIs("", "not set", UpstreamSetting.USERNAME);
        assertIs("***", "--upstream", UpstreamSetting.PASSWORD);
    }

    private List<Effective> effective() {
        return assertInstanceOf(Loaded.Sound.class, sources.load()).effective();
    }

    private void assertIs(String value, String source, Setting setting) {
        Effective found = effective().get(Setting.all().indexOf(setting));
        assertEquals(new Effective(setting, value, source), found);
    }
}
