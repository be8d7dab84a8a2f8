package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretFilesTest {
    private final ConfigurationSources sources = new ConfigurationSources();

    @TempDir
    Path directory;

    static List<Setting> secrets() {
        return Setting.all().stream().filter(Setting::isSecret).toList();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void everySecretMayComeFromAFile(Setting secret) {
        List<Setting> files = Setting.all().stream()
                .filter(setting -> SecretFiles.secretOf(setting).equals(Optional.of(secret)))
                .toList();

        assertEquals(
                List.of(secret.key() + "-file"),
                files.stream().map(Setting::key).toList());
    }

    @Test
    void commandLineNamesTheFile() {
        sources.option(UpstreamSetting.PASSWORD_FILE, file("hunter2"));

        assertEquals("hunter2", password());
    }

    @ParameterizedTest
    @MethodSource("variables")
    void environmentNamesTheFile(String variable) {
        sources.environment(variable, file("hunter2\n"));

        assertEquals("hunter2", password());
    }

    static Stream<String> variables() {
        return Stream.of("REDOUBT_UPSTREAM_PASSWORD_FILE", "REDIS_PASSWORD_FILE");
    }

    @Test
    void yamlNamesTheFile() {
        sources.file(directory, "upstream:\n  password-file: " + file("hunter2\n") + "\n");

        assertEquals("hunter2", password());
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("pw\n", "pw"),
                Arguments.of("pw\r\n", "pw"),
                Arguments.of(" p w ", " p w "),
                Arguments.of("p#,:w", "p#,:w"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void oneLineEndIsStrippedAndNothingElse(String text, String password) {
        sources.option(UpstreamSetting.PASSWORD_FILE, file(text));

        assertEquals(password, password());
    }

    @Test
    void fileOfHigherPrecedenceWinsOverAPassword() {
        sources.option(UpstreamSetting.PASSWORD_FILE, file("from-file"))
                .environment("REDOUBT_UPSTREAM_PASSWORD", "from-environment");

        assertEquals("from-file", password());
    }

    @Test
    void passwordOfHigherPrecedenceWinsOverAFile() {
        sources.option(UpstreamSetting.PASSWORD, "from-option")
                .environment("REDOUBT_UPSTREAM_PASSWORD_FILE", file("from-file"));

        assertEquals("from-option", password());
    }

    @Test
    void fileWinsOverTheUrlOfTheSameSource() {
        sources.option(MainSetting.UPSTREAM_URL, "redis://joe:in-url@redis.example")
                .option(UpstreamSetting.PASSWORD_FILE, file("from-file"));

        assertEquals("from-file", password());
        assertEquals("joe", sources.settings().upstream().username());
    }

    @Test
    void secretIsMaskedAndTheFileIsItsSource() {
        sources.option(UpstreamSetting.PASSWORD_FILE, file("hunter2"));

        Loaded.Sound sound = (Loaded.Sound) sources.load();

        assertTrue(
                sound.effective().contains(new Effective(UpstreamSetting.PASSWORD, "***", "--upstream-password-file")));
    }

    static Stream<Arguments> wrongTexts() {
        String allowed = "; allowed: a file with the secret in its only line";
        return Stream.of(
                Arguments.of("", "is empty" + allowed),
                Arguments.of("\n", "is empty" + allowed),
                Arguments.of("a\nb\n", "has several lines" + allowed),
                Arguments.of("pw\n\n", "has several lines" + allowed));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void fileWithoutOneSecretIsReported(String text, String message) {
        assertProblem(file(text), message);
    }

    @Test
    void missingFileIsReported() {
        assertProblem(directory.resolve("nowhere").toString(), "does not exist");
    }

    @Test
    void directoryIsReported() {
        assertProblem(directory.toString(), "is a directory");
    }

    @Test
    void binaryFileIsReported() throws IOException {
        Path file = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

        assertProblem(file.toString(), "is not UTF-8 text");
    }

    @Test
    void hugeFileIsReported() throws IOException {
        Path file = Files.write(directory.resolve("huge"), new byte[(1 << 20) + 1]);

        assertProblem(file.toString(), "is larger than 1 MB");
    }

    @Test
    void bothInOneSourceAreReported() {
        String file = file("hunter2");
        sources.environment("REDOUBT_UPSTREAM_PASSWORD", "hunter3").environment("REDOUBT_UPSTREAM_PASSWORD_FILE", file);

        assertEquals(
                List.of("upstream.password-file = \"" + file
                        + "\" (REDOUBT_UPSTREAM_PASSWORD_FILE) is given together with "
                        + "REDOUBT_UPSTREAM_PASSWORD; allowed: one of them"),
                sources.problems());
    }

    @Test
    void bothApplicationNamesAreReported() {
        String file = file("hunter2");
        sources.environment("REDIS_PASSWORD", "hunter3").environment("REDIS_PASSWORD_FILE", file);

        assertEquals(
                List.of("upstream.password-file = \"" + file
                        + "\" (REDIS_PASSWORD_FILE) is given together with REDIS_PASSWORD; allowed: one of them"),
                sources.problems());
    }

    /** Also where there is a user, whose password it would have been: one mistake is one line. */
    private void assertProblem(String file, String message) {
        sources.option(UpstreamSetting.USERNAME, "joe").option(UpstreamSetting.PASSWORD_FILE, file);

        assertEquals(
                List.of("upstream.password-file = \"" + file + "\" (--upstream-password-file) " + message),
                sources.problems());
    }

    private String file(String text) {
        try {
            return Files.writeString(directory.resolve("secret"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String password() {
        return String.valueOf(sources.settings().upstream().password());
    }
}
