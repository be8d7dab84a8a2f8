package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong configurations with the exact lines that their users see. */
class WrongConfigurationTest {
    private static final String URL = "; allowed: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB]";
    private static final String ADDRESS = "; allowed: HOST:PORT, an IPv6 address in brackets";

    @TempDir
    Path directory;

    static Stream<Arguments> environments() {
        return Stream.of(
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "sixty",
                        "upstream.stall-limit = \"sixty\" (%s) is not a duration such as 10s; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "60",
                        "upstream.stall-limit = \"60\" (%s) has no unit (ms, s, m, h or d), write it like 10s; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "5 min",
                        "upstream.stall-limit = \"5 min\" (%s) has the unknown unit \"min\" instead of ms, s, m, h or d; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "-1s",
                        "upstream.stall-limit = \"-1s\" (%s) is not a duration such as 10s; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "10ms",
                        "upstream.stall-limit = \"10ms\" (%s) is too small; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_UPSTREAM_STALL_LIMIT",
                        "2d",
                        "upstream.stall-limit = \"2d\" (%s) is too large; allowed: 100ms to 1h"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_BYTES",
                        "16",
                        "backlog.max-bytes = \"16\" (%s) has no unit (B, KB, MB or GB), write it like 16MB; allowed: 64KB to 16GB"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_BYTES",
                        "16TB",
                        "backlog.max-bytes = \"16TB\" (%s) has the unknown unit \"tb\" instead of B, KB, MB or GB; allowed: 64KB to 16GB"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_BYTES",
                        "1.5MB",
                        "backlog.max-bytes = \"1.5MB\" (%s) has the unknown unit \".5mb\" instead of B, KB, MB or GB; allowed: 64KB to 16GB"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_BYTES",
                        "999999999999GB",
                        "backlog.max-bytes = \"999999999999GB\" (%s) is too large; allowed: 64KB to 16GB"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_COMMANDS",
                        "many",
                        "backlog.max-commands = \"many\" (%s) is not a whole number; allowed: 1 to 100000000"),
                wrong(
                        "REDOUBT_BACKLOG_MAX_COMMANDS",
                        "0",
                        "backlog.max-commands = \"0\" (%s) is too small; allowed: 1 to 100000000"),
                wrong(
                        "REDOUBT_RECORDER_CPU_PERCENT",
                        "101",
                        "recorder.cpu-percent = \"101\" (%s) is too large; allowed: 0 to 100"),
                wrong(
                        "REDOUBT_FALLBACK_ENABLED",
                        "maybe",
                        "fallback.enabled = \"maybe\" (%s) is neither true nor false; allowed: true or false"),
                wrong("REDOUBT_PROFILE", "test", "profile = \"test\" (%s) is none of the choices; allowed: prod, dev"),
                wrong(
                        "REDOUBT_RECOVERY_SET",
                        "always",
                        "recovery.set = \"always\" (%s) is none of the choices; allowed: replay-if-unchanged, last-writer-wins, upstream-wins"),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "rediss://redis.example",
                        "upstream = \"rediss://redis.example\" (%s) rediss:// (TLS) is not supported yet; use redis://"
                                + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "unix:///run/redis.sock",
                        "upstream = \"unix:///run/redis.sock\" (%s) unix:// (a Unix socket) is not supported yet; use redis://HOST:PORT"
                                + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis-sentinel://s",
                        "upstream = \"redis-sentinel://s\" (%s) redis-sentinel:// is not supported yet; use redis://HOST:PORT of the primary"
                                + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "http://joe:pw@h",
                        "upstream = \"http://joe:***@h\" (%s) has the scheme http:// instead of redis://" + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://:pw@h:port",
                        "upstream = \"redis://:***@h:port\" (%s) has a port that is not 0 to 65535" + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://h/cache",
                        "upstream = \"redis://h/cache\" (%s) has a database that is not 0 to 65535" + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://:50%off@h",
                        "upstream = \"redis://:***@h\" (%s) has a % without two hexadecimal digits in its user or password (write %25 for a %)"
                                + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://h?timeout=5",
                        "upstream = \"redis://h?***\" (%s) has the parameter \"timeout\" that Redoubt does not know"
                                + URL),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://joe@h",
                        "upstream = \"redis://***@h\" (%s) has a user but no password; for a password alone write redis://:PASSWORD@HOST, else add upstream.password"),
                wrong(
                        "REDOUBT_UPSTREAM_USERNAME",
                        "joe",
                        "upstream.username = \"joe\" (%s) has a user but no password; for a password alone write redis://:PASSWORD@HOST, else add upstream.password"),
                wrong("REDOUBT_LISTEN", "6380", "listen = \"6380\" (%s) has no port" + ADDRESS),
                wrong(
                        "REDOUBT_LISTEN",
                        "::1:6380",
                        "listen = \"::1:6380\" (%s) has an IPv6 address without brackets" + ADDRESS),
                wrong("REDOUBT_LISTEN", ":6380", "listen = \":6380\" (%s) has no host" + ADDRESS),
                wrong(
                        "REDOUBT_LISTEN",
                        "localhost:6380,localhost:66000",
                        "listen = \"localhost:6380,localhost:66000\" (%s) has a port that is not 0 to 65535" + ADDRESS),
                wrong(
                        "REDOUBT_LISTEN",
                        "0.0.0.0:6380",
                        "listen = \"0.0.0.0:6380\" (%s) is reachable beyond this machine and has no password: listen on loopback, or accept it with --insecure-bind"),
                wrong(
                        "REDOUBT_LISTEN",
                        "nowhere.example:6380",
                        "listen = \"nowhere.example:6380\" (%s) has the host nowhere.example that cannot be looked up"),
                wrong(
                        "REDOUBT_ADMIN",
                        "0.0.0.0:8380",
                        "admin = \"0.0.0.0:8380\" (%s) is reachable beyond this machine and has no password: listen on loopback, or accept it with --insecure-bind"),
                wrong(
                        "REDOUBT_ADMIN",
                        "127.0.0.1:6380",
                        "admin = \"127.0.0.1:6380\" (%s) is also in listen; allowed: another port, or off"),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "redis://localhost:6380",
                        "upstream = \"redis://localhost:6380\" (%s) is Redoubt's own address 127.0.0.1:6380: name Redis itself with --upstream redis://HOST:PORT, or change --listen"),
                wrong(
                        "REDIS_URL",
                        "redis://:pw@127.0.0.1:6380/0",
                        "upstream = \"redis://:***@127.0.0.1:6380/0\" (%s) is Redoubt's own address 127.0.0.1:6380: name Redis itself with --upstream redis://HOST:PORT, or change --listen"),
                wrong(
                        "REDOUBT_UPSTREAM",
                        "localhost:8380",
                        "upstream = \"localhost:8380\" (%s) is Redoubt's own address 127.0.0.1:8380: name Redis itself with --upstream redis://HOST:PORT, or change --admin"),
                wrong("REDIS_PORT", "redis", "REDIS_PORT = \"redis\" (environment) is not a port; allowed: 1 to 65535"),
                wrong("REDIS_DB", "first", "upstream.db = \"first\" (%s) is not a whole number; allowed: 0 to 65535"),
                wrong(
                        "REDOUBT_RECONNECT_INITIAL",
                        "1s",
                        "reconnect.initial = \"1s\" (%s) is larger than reconnect.cap (200ms); allowed: at most that"),
                wrong(
                        "REDOUBT_CLIENTS_UNREAD_OUTPUT",
                        "40MB",
                        "clients.unread-output = \"40MB\" (%s) is larger than clients.output-limit (32MB); allowed: at most that"),
                wrong(
                        "REDOUBT_UPSTREM_URL",
                        "redis://:pw@h",
                        "REDOUBT_UPSTREM_URL (environment) is no setting; did you mean REDOUBT_UPSTREAM_URL?"),
                wrong("REDOUBT_COLOUR", "red", "REDOUBT_COLOUR (environment) is no setting"),
                wrong(
                        "REDOUBT_CONFIG",
                        "/nowhere/redoubt.yaml",
                        "config = \"/nowhere/redoubt.yaml\" (%s) does not exist"));
    }

    private static Arguments wrong(String name, String value, String line) {
        return Arguments.of(name, value, line.replace("%s", name));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void environmentIsReportedExactly(String name, String value, String line) {
        assertEquals(
                List.of(line),
                new ConfigurationSources().environment(name, value).problems());
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "upstream:\n  stal-limit: 3s\n",
                        "upstream.stal-limit (%s:2) is no setting; did you mean upstream.stall-limit?"),
                Arguments.of(
                        "upstream:\n  stall-limit: [3s, 4s]\n",
                        "upstream.stall-limit = \"3s,4s\" (%s:2) is a list where one value belongs; allowed: 100ms to 1h"),
                Arguments.of("# none\n\nprofile:\n", "profile (%s:3) has no value"),
                Arguments.of("profile: dev\nprofile: prod\n", "profile (%s:2) is given twice"),
                Arguments.of("upstream: redis://a\nupstream.url: redis://b\n", "upstream.url (%s:2) is given twice"),
                Arguments.of("config: other.yaml\n", "config (%s:1) cannot be given in a file"),
                Arguments.of(
                        "fallback:\n  keys: [a, {b: c}]\n", "fallback.keys (%s:2) is a list of more than plain values"),
                Arguments.of(
                        "listen: []\n",
                        "listen = \"\" (%s:1) is empty; allowed: HOST:PORT, an IPv6 address in brackets"),
                Arguments.of("profile: ''\n", "profile = \"\" (%s:1) is empty; allowed: prod, dev"),
                Arguments.of("- listen\n", "%s:1 does not begin with a setting such as \"listen: localhost:6380\""),
                Arguments.of("upstream: {password: 5", "%s:1 is not YAML: while parsing a flow mapping"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsReportedExactly(String text, String line) {
        List<String> problems = new ConfigurationSources().file(directory, text).problems();

        assertEquals(
                List.of(line.replace("%s", directory.resolve("redoubt.yaml").toString())), problems);
    }

    @Test
    void allProblemsOfAllSourcesAreReportedAtOnce() {
        List<String> problems = new ConfigurationSources()
                .file(directory, "log: {level: loud}\n")
                .environment("REDOUBT_TRANSPORT", "pigeon")
                .environment("REDIS_URL", "redis://localhost:6380")
                .unknownOption("--upstrem=redis://:pw@h")
                .option(Setting.RECONNECT_CAP, "1ms")
                .problems();

        assertEquals(
                List.of(
                        "--upstrem (command line) is no setting; did you mean --upstream?",
                        "transport = \"pigeon\" (REDOUBT_TRANSPORT) is none of the choices; allowed: auto, epoll, nio",
                        "log.level = \"loud\" (" + directory.resolve("redoubt.yaml")
                                + ":1) is none of the choices; allowed: error, warn, info, debug, trace",
                        "upstream = \"redis://localhost:6380\" (REDIS_URL) is Redoubt's own address 127.0.0.1:6380: name "
                                + "Redis itself with --upstream redis://HOST:PORT, or change --listen",
                        "reconnect.initial = \"50ms\" (default) is larger than reconnect.cap (1ms); allowed: at most that"),
                problems);
    }

    @Test
    void mistakeIsReportedThoughAnotherSourceOutranksIt() {
        List<String> problems = new ConfigurationSources()
                .environment("REDOUBT_PROFILE", "test")
                .option(Setting.PROFILE, "dev")
                .problems();

        assertEquals(
                List.of("profile = \"test\" (REDOUBT_PROFILE) is none of the choices; allowed: prod, dev"), problems);
    }

    @Test
    void optionGivenTwiceIsReported() {
        assertEquals(
                List.of("profile (--profile) is given twice"),
                new ConfigurationSources()
                        .option(Setting.PROFILE, "dev", "prod")
                        .problems());
    }

    @Test
    void secretsAreMasked() {
        List<String> problems =
                new ConfigurationSources().option(Setting.UPSTREAM_PASSWORD, "").problems();

        assertEquals(
                List.of("upstream.password = \"***\" (--upstream-password) is empty; allowed: any text"), problems);
    }

    @Test
    void memoryOnlyWithoutMemoryAnswersNothing() {
        List<String> problems = new ConfigurationSources()
                .environment("REDIS_DISABLED", "1")
                .option(Setting.FALLBACK_PROFILE, "strict")
                .problems();

        assertEquals(
                List.of(
                        "upstream.disabled = \"1\" (REDIS_DISABLED) leaves nothing that could answer, as fallback.profile "
                                + "keeps memory from it"),
                problems);
    }
}
