package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the sources of all modules small and plain. */
class TidyTest {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 60;
    private static final Set<String> SCRIPTS = Set.of("dev", "run", "pom.xml", ".gitignore", ".editorconfig");

    private static final List<Path> JAVA_FILES = Repository.javaFiles();
    private static final List<JavaSource> SOURCES = JavaSource.parse(JAVA_FILES);

    @Test
    void filesStayShort() {
        assertNone(
                "over " + MAX_FILE_LINES + " lines",
                JAVA_FILES.stream()
                        .filter(file -> Repository.text(file).lines().count() > MAX_FILE_LINES)
                        .map(Repository::nameOf));
    }

    @Test
    void methodsStayShort() {
        assertNone(
                "methods over " + MAX_METHOD_LINES + " lines", SOURCES.stream().flatMap(TidyTest::longMethods));
    }

    @Test
    void tabsAreNowhere() {
        List<Path> files = Repository.files(name ->
                name.endsWith(".java") || name.endsWith(".md") || name.endsWith(".sh") || SCRIPTS.contains(name));

        assertNone(
                "tabs",
                files.stream()
                        .filter(file -> Repository.text(file).contains("\t"))
                        .map(Repository::nameOf));
    }

    @Test
    void onlyTheCommandLineWritesToStandardOutput() {
        assertNone(
                "System.out outside cli and tests",
                SOURCES.stream()
                        .filter(source -> source.selections().contains("System.out"))
                        .map(JavaSource::file)
                        .filter(file -> Repository.nameOf(file).contains("src/main/"))
                        .filter(file -> !file.getParent().endsWith("cli"))
                        .map(Repository::nameOf));
    }

    @Test
    void sourcesAreReadAsTheyAre(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("Sample.java");
        Files.writeString(file, """
                class Sample {
                    /** Not counted. */
                    @Override
                    public String toString() {
                        System.out.print("}");
                        return "";
                    }
                }
                """);

        JavaSource source = JavaSource.parse(List.of(file)).get(0);

        assertEquals(List.of(new JavaSource.Method("toString", 4, 7)), source.methods());
        assertTrue(source.selections().contains("System.out"));
        assertFalse(JAVA_FILES.isEmpty(), "no Java files under " + Repository.ROOT);
    }

    private static Stream<String> longMethods(JavaSource source) {
        return source.methods().stream()
                .filter(method -> method.lines() > MAX_METHOD_LINES)
                .map(method -> Repository.nameOf(source.file()) + ":" + method);
    }

    private static void assertNone(String what, Stream<String> offenders) {
        assertEquals("", String.join("\n", offenders.toList()), what);
    }
}
