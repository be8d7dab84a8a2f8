package dev.redoubt.proxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.Group;
import dev.redoubt.proxy.config.HostPort;
import dev.redoubt.proxy.config.Setting;
import dev.redoubt.proxy.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineToolTest {
    private final FakeTerminal terminal = new FakeTerminal();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Settings started;

    private int run(String... arguments) {
        ProxyStarter starter = settings -> {
            started = settings;
            return new FakeProxy();
        };
        return new CommandLineTool(starter, terminal.terminal(), environment, "1.2.3").run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run "})
    void runIsTheDefault(String command) {
        String line = command + "--admin off --listen 127.0.0.1:7000,127.0.0.1:7001 --listen [::1]:7002";

        int exitCode = run((line + " --upstream-url=redis://:pw@redis.example --insecure-bind").split(" "));

        assertEquals(0, exitCode, terminal.err());
        Settings settings = assertNotNullSettings();
        assertEquals(
                List.of(new HostPort("127.0.0.1", 7000), new HostPort("127.0.0.1", 7001), new HostPort("::1", 7002)),
                settings.listen());
        assertEquals("pw", settings.upstream().password());
        assertTrue(settings.insecureBind());
    }

    private Settings assertNotNullSettings() {
        assertNotNull(started);
        return started;
    }

    @Test
    void bannerIsPrinted() {
        run("--admin", "off", "--upstream", "redis://:hunter2@redis.example");

        List<String> lines = terminal.out().lines().toList();
        assertEquals("Redoubt 1.2.3", lines.get(0));
        assertEquals("  listening  127.0.0.1:6380, [::1]:6380", lines.get(1));
        assertEquals("  upstream   redis://:***@redis.example:6379/0", lines.get(2));
        assertEquals("  state      holding: Connection refused", lines.get(3));
        assertEquals("  profile    prod", lines.get(4));
        assertTrue(
                lines.get(5).startsWith("  fallback   cache (a miss: nil); the journal is in memory only"),
                lines.get(5));
        assertTrue(lines.get(6).startsWith("  memory     at most "), lines.get(6));
        assertEquals("  admin      off", lines.get(7));
        assertEquals(8, lines.size());
    }

    @Test
    void wrongConfigurationStartsNothingAndExitsWith2() {
        int exitCode = run("--upstrem", "redis://:pw@h", "--profile", "test", "extra", "--listen");

        assertEquals(2, exitCode);
        assertNull(started);
        assertEquals("""
                redoubt: wrong configuration, nothing was started:
                  listen (--listen) has no value; allowed: HOST:PORT, an IPv6 address in brackets, or unix:/PATH
                  --upstrem (command line) is no setting; did you mean --upstream?
                  extra (command line) is no setting
                  profile = "test" (--profile) is none of the choices; allowed: prod, dev
                """, terminal.err());
    }

    @Test
    void configShowsWhatIsInForceAndWhereItCameFrom() {
        environment.put("REDIS_URL", "redis://:hunter2@redis.example");

        assertEquals(0, run("config", "--profile", "dev"), terminal.err());

        assertNull(started);
        assertLine("Main settings");
        assertLine("  profile dev --profile choice: prod, dev");
        assertLine(
                "  upstream redis://:***@redis.example REDIS_URL URL: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], or rediss:// for TLS");
        assertLine("  upstream.password *** REDIS_URL text: any text");
        assertLine("  upstream.stall-limit 60s default duration: 100ms to 1h");
        assertLine("  reconnect.attempts 2 profile dev number: 0 to 1000000");
        assertFalse(terminal.out().contains("hunter2"), terminal.out());
    }

    /** However wide the columns are. */
    private void assertLine(String line) {
        List<String> lines = terminal.out()
                .lines()
                .map(shown -> shown.replaceAll("(?<=\\S) +", " "))
                .toList();
        assertTrue(lines.contains(line), line + " is not in:\n" + terminal.out());
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.proxy.config.Setting#all")
    void configListsEverySetting(Setting setting) {
        assertEquals(0, run("config"));

        assertTrue(terminal.out().contains("\n  " + setting.key() + " "), setting.key());
    }

    @Test
    void configReportsWrongSettingsAsRunDoes() {
        assertEquals(2, run("config", "--profile", "test"));
        String ofConfig = terminal.err();

        assertEquals(2, run("--profile", "test"));

        assertEquals("", terminal.out());
        assertEquals(ofConfig + ofConfig, terminal.err());
    }

    @Test
    void proxyThatCannotStartExitsWith2AndItsReason() {
        ProxyStarter starter = settings -> {
            throw new StartException("cannot listen", new IllegalStateException());
        };

        int exitCode = new CommandLineTool(starter, terminal.terminal(), Map.of(), "1").run();

        assertEquals(2, exitCode);
        assertEquals("redoubt: cannot listen\n", terminal.err());
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.proxy.config.Setting#all")
    void helpListsEverySetting(Setting setting) {
        assertEquals(0, run("--help"));

        assertTrue(terminal.out().contains(setting.option()), setting.option());
    }

    @ParameterizedTest
    @EnumSource(Group.class)
    void helpIsGrouped(Group group) {
        run("help");

        assertTrue(terminal.out().contains("\n" + group.title() + "\n"), terminal.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "version", "run --version"})
    void versionIsShown(String line) {
        assertEquals(0, run(line.split(" ")));
        assertEquals("Redoubt 1.2.3\n", terminal.out());
    }

    @Test
    void unknownCommandExitsWith2() {
        assertEquals(2, run("chek"));
        assertEquals("redoubt: chek is no command; there are run, config, check, cli, help, version\n", terminal.err());
    }

    @Test
    void checkOfMemoryOnlyHasNothingToCheck() {
        assertEquals(0, run("check", "--upstream-disabled"));
        assertNull(started);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli -p", "cli -p none PING", "cli -p 70000 PING", "cli --nothing PING"})
    void wrongUseOfTheClientExitsWith2(String line) {
        assertEquals(2, run(line.split(" ")));
        assertTrue(terminal.err().startsWith("redoubt cli: "), terminal.err());
    }
}
