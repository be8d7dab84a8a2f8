package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingTest {
    /** Another value than the default for every setting. */
    private static final Map<Setting, String> OTHER = Map.ofEntries(
            Map.entry(MainSetting.LISTEN, "127.0.0.1:7000"),
            Map.entry(ReplaySetting.AT_MOST_ONCE, "lock:*"),
            Map.entry(ReplaySetting.AT_LEAST_ONCE, "command=publish"),
            Map.entry(MainSetting.UPSTREAM_URL, "redis://redis.example:7001"),
            Map.entry(MainSetting.ADMIN, "off"),
            Map.entry(MainSetting.PROFILE, "dev"),
            Map.entry(MainSetting.INSECURE_BIND, "true"),
            Map.entry(SocketSetting.MODE, "777"),
            Map.entry(SocketSetting.OWNER, "joe"),
            Map.entry(SocketSetting.GROUP, "staff"),
            Map.entry(UpstreamSetting.PASSWORD, "secret"),
            Map.entry(UpstreamSetting.DB, "3"),
            Map.entry(UpstreamSetting.DISABLED, "true"),
            Map.entry(UpstreamSetting.BEHIND_BALANCER, "true"),
            Map.entry(ResolverSetting.RESOLVER, "dns"),
            Map.entry(ResolverSetting.SERVERS, "127.0.0.1:8600"),
            Map.entry(LeaseSetting.BLOCKING_ON_LOSS, "reissue"),
            Map.entry(ReconnectSetting.INITIAL, "20ms"),
            Map.entry(ReconnectSetting.CAP, "300ms"),
            Map.entry(FallbackSetting.ENABLED, "false"),
            Map.entry(FallbackSetting.PROFILE, "session"),
            Map.entry(FallbackSetting.ON_MISS, "hold"),
            Map.entry(FallbackSetting.KEYS, "cache:*"),
            Map.entry(FallbackSetting.RULES, "session:* on-miss=error write=hold"),
            Map.entry(JournalSetting.DIR, "journal"),
            Map.entry(JournalSetting.FSYNC, "never"),
            Map.entry(RecoverySetting.SET, "upstream-wins"),
            Map.entry(RecoverySetting.CONFLICTS, "names"),
            Map.entry(ProcessSetting.LOG_LEVEL, "debug"),
            Map.entry(ProcessSetting.LOG_FORMAT, "json"),
            Map.entry(ProcessSetting.TRANSPORT, "nio"));

    /** The rest by what they are; every range of the table holds these. */
    private static final Map<String, String> OTHER_BY_KIND = Map.of(
            "duration", "59s", "bytes", "5MB", "number", "77", "limit", "64MB 16MB 30", "budgets", "lock:* 500ms");

    /** Without what has an effect only together with another setting, and is tested there. */
    static List<Setting> effectiveAlone() {
        return Setting.all().stream()
                .filter(setting -> setting != MainSetting.CONFIG
                        && setting != UpstreamSetting.USERNAME
                        && setting != UsersSetting.MODE
                        && setting != UsersSetting.FILE
                        && SecretFiles.secretOf(setting).isEmpty())
                .filter(setting -> setting.group() != Group.UPSTREAM_TLS && setting.group() != Group.TLS)
                .toList();
    }

    @Test
    void namesAreUniqueInEverySource() {
        assertDistinct(Setting.all().stream().flatMap(setting -> setting.row().keys().stream()));
        assertDistinct(Setting.all().stream().map(Setting::environmentName));
        assertDistinct(Setting.all().stream().flatMap(setting -> setting.options().stream()));
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.proxy.config.Setting#all")
    void rowIsCompleteAndWellFormed(Setting setting) {
        assertTrue(setting.key().matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)*"), setting.key());
        assertTrue(setting.description().endsWith("."), setting.description());
        assertTrue(!setting.allowed().isEmpty());
    }

    @Test
    void namesFollowFromTheKey() {
        assertEquals("upstream.stall-limit", UpstreamSetting.STALL_LIMIT.key());
        assertEquals("REDOUBT_UPSTREAM_STALL_LIMIT", UpstreamSetting.STALL_LIMIT.environmentName());
        assertEquals("--upstream-stall-limit", UpstreamSetting.STALL_LIMIT.option());
        assertEquals(List.of("--upstream", "--upstream-url"), MainSetting.UPSTREAM_URL.options());
    }

    @Test
    void boundsOfClientsGoByRedissNamesToo() {
        assertEquals(
                List.of("clients.max", "maxclients"), ClientSetting.MAX.row().keys());
        assertEquals(List.of("--clients-timeout", "--timeout"), ClientSetting.TIMEOUT.options());
        assertEquals(ClientSetting.MAX_BULK, Setting.byKey("proto-max-bulk-len").orElseThrow());
        assertEquals(
                ClientSetting.TCP_KEEPALIVE,
                Setting.byEnvironmentName("REDOUBT_TCP_KEEPALIVE").orElseThrow());
    }

    /** A row that nothing is built from would be a setting without effect. */
    @ParameterizedTest
    @MethodSource("effectiveAlone")
    void everySettingReachesTheSettings(Setting setting) {
        String other = other(setting);
        Settings defaults = new ConfigurationSources().settings();

        Settings changed = new ConfigurationSources().option(setting, other).settings();

        assertNotEquals(defaults, changed);
    }

    /** A value that is not the default. */
    static String other(Setting setting) {
        return OTHER.getOrDefault(setting, OTHER_BY_KIND.getOrDefault(setting.kind(), ""));
    }

    @Test
    void usernameReachesTheSettings() {
        Settings settings = new ConfigurationSources()
                .option(UpstreamSetting.USERNAME, "joe")
                .option(UpstreamSetting.PASSWORD, "secret")
                .settings();

        assertEquals("joe", settings.upstream().username());
    }

    @Test
    void ownUsersReachTheSettings(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("users"), "user app on >secret\n");
        Settings settings = new ConfigurationSources()
                .option(UsersSetting.MODE, "own")
                .option(UsersSetting.FILE, file.toString())
                .settings();

        UsersFile users = Objects.requireNonNull(settings.users().file());
        assertTrue(users.users().accepts("app", "secret"));
    }

    @Test
    void usersWithoutTheirModeHaveNoEffect(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("users"), "user app on >secret\n");

        List<String> problems = new ConfigurationSources()
                .option(UsersSetting.FILE, file.toString())
                .problems();

        assertEquals(
                List.of(
                        "users.file = \"" + file
                                + "\" (--users-file) has no effect, as users.mode is pass-through; allowed: with users.mode own"),
                problems);
    }

    private static void assertDistinct(Stream<String> names) {
        List<String> all = names.toList();
        assertEquals(all.stream().distinct().toList(), all);
    }
}
