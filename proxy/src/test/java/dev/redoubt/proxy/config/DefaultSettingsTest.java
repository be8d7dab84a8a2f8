package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultSettingsTest {
    @Test
    void defaultsAreTheDocumentedOnes() {
        Settings settings = new ConfigurationSources().settings();

        assertEquals(List.of(new HostPort("127.0.0.1", 6380), new HostPort("::1", 6380)), settings.listen());
        assertEquals(new HostPort("127.0.0.1", 8380), settings.admin());
        assertEquals("redis://localhost:6379/0", settings.upstream().masked());
        assertFalse(settings.upstream().explicit());
        assertNull(settings.upstream().password());
        assertEquals(Duration.ofSeconds(60), settings.upstream().stallLimit());
        assertEquals(
                new BacklogSettings(16 << 20, 100_000, Duration.ofSeconds(10), Duration.ofSeconds(2), List.of()),
                settings.backlog());
        assertEquals(OnMiss.NIL, settings.fallback().onMiss());
        assertEquals(RecoverySet.REPLAY_IF_UNCHANGED, settings.fallback().recoverySet());
        assertEquals(10_000, settings.clients().max());
        assertEquals(0, settings.reconnect().attempts());
    }

    @Test
    void localhostIsIpv4OnlyWithoutIpv6() {
        ConfigurationSources sources = new ConfigurationSources();
        sources.machine.ipv6Loopback = false;

        assertEquals(
                List.of(new HostPort("127.0.0.1", 6380)), sources.settings().listen());
    }

    @Test
    void chosenPortIsChosenOnce() {
        Settings settings = new ConfigurationSources()
                .option(MainSetting.LISTEN, "localhost:0")
                .settings();

        assertEquals(List.of(new HostPort("127.0.0.1", 0)), settings.listen());
    }

    @Test
    void replayWindowFollowsTheHoldBudget() {
        Settings settings = new ConfigurationSources()
                .option(BacklogSetting.HOLD_BUDGET, "4s")
                .settings();

        assertEquals(Duration.ofSeconds(4), settings.replay().window());
    }

    @Test
    void devGivesUpAfterTwoAttempts() {
        Settings settings =
                new ConfigurationSources().option(MainSetting.PROFILE, "dev").settings();

        assertEquals(2, settings.reconnect().attempts());
    }

    @Test
    void sessionProfileMakesAMissAnErrorUnlessToldOtherwise() {
        ConfigurationSources session = new ConfigurationSources().option(FallbackSetting.PROFILE, "session");
        assertEquals(OnMiss.ERROR, session.settings().fallback().onMiss());

        session.option(FallbackSetting.ON_MISS, "hold");
        assertEquals(OnMiss.HOLD, session.settings().fallback().onMiss());
    }

    @Test
    void strictProfileTurnsFallbackOff() {
        Settings settings = new ConfigurationSources()
                .option(FallbackSetting.PROFILE, "strict")
                .settings();

        assertFalse(settings.fallback().enabled());
    }

    @Test
    void settingsForTestsAreMadeFromKeys() {
        Settings settings =
                Settings.of(Map.of("listen", "127.0.0.1:0", "admin", "off", "upstream", "redis://127.0.0.1:1"));

        assertTrue(settings.upstream().explicit());
        assertNull(settings.admin());
    }

    @Test
    void textOfSettingsShowsNoPassword() {
        Settings settings = new ConfigurationSources()
                .option(MainSetting.UPSTREAM_URL, "redis://joe:hunter2@redis.example/5")
                .settings();

        assertFalse(settings.toString().contains("hunter2"), settings.toString());
        assertEquals("redis://joe:***@redis.example:6379/5", settings.upstream().masked());
    }
}
