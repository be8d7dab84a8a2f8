package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SettingTest {
    /** Another value than the default for every setting. */
    private static final Map<Setting, String> OTHER = new EnumMap<>(Map.ofEntries(
            Map.entry(Setting.LISTEN, "127.0.0.1:7000"),
            Map.entry(Setting.UPSTREAM_URL, "redis://redis.example:7001"),
            Map.entry(Setting.ADMIN, "off"),
            Map.entry(Setting.PROFILE, "dev"),
            Map.entry(Setting.INSECURE_BIND, "true"),
            Map.entry(Setting.UPSTREAM_PASSWORD, "secret"),
            Map.entry(Setting.UPSTREAM_DB, "3"),
            Map.entry(Setting.UPSTREAM_DISABLED, "true"),
            Map.entry(Setting.UPSTREAM_BEHIND_BALANCER, "true"),
            Map.entry(Setting.RECONNECT_INITIAL, "20ms"),
            Map.entry(Setting.RECONNECT_CAP, "300ms"),
            Map.entry(Setting.FALLBACK_ENABLED, "false"),
            Map.entry(Setting.FALLBACK_PROFILE, "session"),
            Map.entry(Setting.FALLBACK_ON_MISS, "hold"),
            Map.entry(Setting.FALLBACK_KEYS, "cache:*"),
            Map.entry(Setting.RECOVERY_SET, "upstream-wins"),
            Map.entry(Setting.LOG_LEVEL, "debug"),
            Map.entry(Setting.TRANSPORT, "nio")));

    /** The rest by what they are; every range of the table holds these. */
    private static final Map<String, String> OTHER_BY_KIND = Map.of("duration", "59s", "bytes", "5MB", "number", "77");

    @Test
    void namesAreUniqueInEverySource() {
        assertDistinct(Arrays.stream(Setting.values()).flatMap(setting -> setting.keys().stream()));
        assertDistinct(Arrays.stream(Setting.values()).map(Setting::environmentName));
        assertDistinct(Arrays.stream(Setting.values()).flatMap(setting -> setting.options().stream()));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void rowIsCompleteAndWellFormed(Setting setting) {
        assertTrue(setting.key().matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)?"), setting.key());
        assertTrue(setting.description().endsWith("."), setting.description());
        assertTrue(!setting.allowed().isEmpty());
    }

    @Test
    void namesFollowFromTheKey() {
        assertEquals("upstream.stall-limit", Setting.UPSTREAM_STALL_LIMIT.key());
        assertEquals("REDOUBT_UPSTREAM_STALL_LIMIT", Setting.UPSTREAM_STALL_LIMIT.environmentName());
        assertEquals("--upstream-stall-limit", Setting.UPSTREAM_STALL_LIMIT.option());
        assertEquals(List.of("--upstream", "--upstream-url"), Setting.UPSTREAM_URL.options());
    }

    /** A row that nothing is built from would be a setting without effect. A user name alone is an error, so it has its own test. */
    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = Mode.EXCLUDE,
            names = {"CONFIG", "UPSTREAM_USERNAME"})
    void everySettingReachesTheSettings(Setting setting) {
        String other = OTHER.getOrDefault(setting, OTHER_BY_KIND.getOrDefault(setting.kind(), ""));
        Settings defaults = new ConfigurationSources().settings();

        Settings changed = new ConfigurationSources().option(setting, other).settings();

        assertNotEquals(defaults, changed);
    }

    @Test
    void usernameReachesTheSettings() {
        Settings settings = new ConfigurationSources()
                .option(Setting.UPSTREAM_USERNAME, "joe")
                .option(Setting.UPSTREAM_PASSWORD, "secret")
                .settings();

        assertEquals("joe", settings.upstream().username());
    }

    private static void assertDistinct(Stream<String> names) {
        List<String> all = names.toList();
        assertEquals(all.stream().distinct().toList(), all);
    }
}
