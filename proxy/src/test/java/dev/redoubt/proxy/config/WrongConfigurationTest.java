package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong configurations with the exact lines that their users see. */
class WrongConfigurationTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvFileSource(resources = "wrong-environment.txt", delimiter = '|', quoteCharacter = '`')
    void environmentIsReportedExactly(String name, String value, String line) {
        assertEquals(
                List.of(line.replace("NAME", name)),
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
                        "listen = \"\" (%s:1) is empty; allowed: HOST:PORT, an IPv6 address in brackets, or unix:/PATH"),
                Arguments.of("profile: ''\n", "profile = \"\" (%s:1) is empty; allowed: prod, dev"),
                Arguments.of("- listen\n", "%s:1 does not begin with a setting such as \"listen: localhost:6380\""),
                Arguments.of("upstream: {password: 5", "%s:1 is not YAML: expected ',' or '}', but got <stream end>"),
                Arguments.of(
                        "upstream:\n\tdb: 3\n",
                        "%s:2 is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                Arguments.of("profile: dev\nadmin: off: no\n", "%s:2 is not YAML: mapping values are not allowed here"),
                Arguments.of("profile: dev\n---\nprofile: prod\n", "%s:3 begins a second document; allowed: one"),
                Arguments.of(
                        "profile: &mine dev\nlog.level: *mine\n",
                        "log.level (%s:2) is the alias *mine; allowed: the value itself"),
                Arguments.of(
                        "fallback:\n  keys: [&a 'x:*', *a]\n",
                        "fallback.keys (%s:2) is the alias *a; allowed: the value itself"),
                Arguments.of(
                        "upstream:\n  password: |\n    hunter2\n",
                        "upstream.password = \"***\" (%s:2) has a line break; allowed: any text"),
                Arguments.of(
                        "upstream: [redis://:pw@a, redis://:pw@b]\n",
                        "upstream = \"redis://:***@b\" (%s:1) is a list where one value belongs; allowed: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], or rediss:// for TLS"),
                Arguments.of("upstream: {url: {host: a}}\n", "upstream.url.host (%s:1) is no setting"),
                Arguments.of(
                        "socket.mode: 0o770\n",
                        "socket.mode = \"0o770\" (%s:1) is not a mode such as 770; allowed: 000 to 777"),
                Arguments.of(
                        "listen: [localhost:6380, 'unix:redoubt.sock']\n",
                        "listen = \"localhost:6380,unix:redoubt.sock\" (%s:1) has no absolute path of a file after unix:; allowed: HOST:PORT, an IPv6 address in brackets, or unix:/PATH"),
                Arguments.of(
                        "upstream: {password-file: /nowhere}\n",
                        "upstream.password-file = \"/nowhere\" (%s:1) does not exist"),
                Arguments.of("5: 3\n", "5 (%s:1) is no setting"));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        "fallback:\n  rules: [{keys: 'a:*', red: stale}]\n",
                        "fallback.rules = \"a:* red=stale\" (%s:2) has the rule \"a:* red=stale\" with the unknown word \"red\" (did you mean read?); allowed: "
                                + RuleText.ALLOWED),
                Arguments.of(
                        "fallback:\n  rules: [{read: stale}]\n",
                        "fallback.rules (%s:2) has a rule without keys; allowed: a mapping of keys and any of read, on-miss, write, locks, counters, max-stale"),
                Arguments.of(
                        "fallback:\n  rules: [{keys: 'a b'}, 'c:*']\n",
                        "fallback.rules (%s:2) has the keys \"a b\" with a space in them; write ? for it"),
                Arguments.of(
                        "fallback:\n  rules: [{keys: [a, b]}, 'c:*']\n",
                        "fallback.rules (%s:2) has a rule whose keys is not a plain value"));
    }

    @ParameterizedTest
    @MethodSource({"files", "rules"})
    void fileIsReportedExactly(String text, String line) {
        List<String> problems = new ConfigurationSources().file(directory, text).problems();

        assertEquals(
                List.of(line.replace("%s", directory.resolve("redoubt.yaml").toString())), problems);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void configThatCannotBeReadIsReportedExactly(String name, byte[] content, String message) throws IOException {
        Path config = Files.write(directory.resolve(name), content);

        assertEquals(
                List.of("config = \"" + config + "\" (--config) " + message),
                new ConfigurationSources()
                        .option(MainSetting.CONFIG, config.toString())
                        .problems());
    }

    static Stream<Arguments> configs() {
        return Stream.of(
                Arguments.of("latin1.yaml", new byte[] {(byte) 0xC3, 0x28}, "is not UTF-8 text"),
                Arguments.of("huge.yaml", new byte[(1 << 20) + 1], "is larger than 1 MB"));
    }

    @Test
    void configThatIsADirectoryIsReportedExactly() {
        assertEquals(
                List.of("config = \"" + directory + "\" (--config) is a directory"),
                new ConfigurationSources()
                        .option(MainSetting.CONFIG, directory.toString())
                        .problems());
    }

    @Test
    void socketPathThatNoSocketCanHaveIsReported() {
        String path = "unix:/" + "x".repeat(103);

        assertEquals(
                List.of(
                        "listen = \"" + path
                                + "\" (--listen) has a path of more than 103 bytes, which no Unix socket can have; allowed: HOST:PORT, an IPv6 address in brackets, or unix:/PATH"),
                new ConfigurationSources().option(MainSetting.LISTEN, path).problems());
    }

    @Test
    void allProblemsOfAllSourcesAreReportedAtOnce() {
        List<String> problems = new ConfigurationSources()
                .file(directory, "log: {level: loud}\n")
                .environment("REDOUBT_TRANSPORT", "pigeon")
                .environment("REDIS_URL", "redis://localhost:6380")
                .unknownOption("--upstrem=redis://:pw@h")
                .option(ReconnectSetting.CAP, "1ms")
                .problems();

        assertEquals(
                List.of(
                        "--upstrem (command line) is no setting; did you mean --upstream?",
                        "transport = \"pigeon\" (REDOUBT_TRANSPORT) is none of the choices; allowed: auto, io-uring, epoll, kqueue, nio",
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
                .option(MainSetting.PROFILE, "dev")
                .problems();

        assertEquals(
                List.of("profile = \"test\" (REDOUBT_PROFILE) is none of the choices; allowed: prod, dev"), problems);
    }

    @Test
    void optionGivenTwiceIsReported() {
        assertEquals(
                List.of("profile (--profile) is given twice"),
                new ConfigurationSources()
                        .option(MainSetting.PROFILE, "dev", "prod")
                        .problems());
    }

    @Test
    void secretsAreMasked() {
        List<String> problems =
                new ConfigurationSources().option(UpstreamSetting.PASSWORD, "").problems();

        assertEquals(
                List.of("upstream.password = \"***\" (--upstream-password) is empty; allowed: any text"), problems);
    }

    @Test
    void memoryOnlyWithoutMemoryAnswersNothing() {
        List<String> problems = new ConfigurationSources()
                .environment("REDIS_DISABLED", "1")
                .option(FallbackSetting.PROFILE, "strict")
                .problems();

        assertEquals(
                List.of(
                        "upstream.disabled = \"1\" (REDIS_DISABLED) leaves nothing that could answer, as fallback.profile "
                                + "keeps memory from it"),
                problems);
    }
}
