package dev.redoubt.it.oracle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory that the suite runs in: the tests as links to the source tree, which is never written to, and the programs
 * that they call where they look for them.
 */
record Workplace(Path directory) {
    private static final List<String> PROGRAMS =
            List.of("redis-server", "redis-cli", "redis-benchmark", "redis-check-aof", "redis-check-rdb");

    /** @param source of Redis */
    static Workplace in(Path directory, Path source) throws IOException {
        delete(directory);
        Path tests = Files.createDirectories(directory.resolve("tests"));
        try (Stream<Path> files = Files.list(source.resolve("tests"))) {
            for (Path file : files.toList()) {
                if (!file.endsWith("tmp")) {
                    link(tests.resolve(file.getFileName()), file);
                }
            }
        }
        Files.createDirectory(tests.resolve("tmp"));
        link(directory.resolve("utils"), source.resolve("utils"));
        Path programs = Files.createDirectory(directory.resolve("src"));
        for (String program : PROGRAMS) {
            Optional<Path> found = program(program);
            if (found.isPresent()) {
                link(programs.resolve(program), found.get());
            }
        }
        return new Workplace(directory);
    }

    boolean has(String unit) {
        return Files.exists(directory.resolve("tests").resolve(unit + ".tcl"));
    }

    /** A program on the PATH. */
    static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(path -> Path.of(path, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target.toAbsolutePath());
    }

    /** Links are deleted, not followed. */
    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
