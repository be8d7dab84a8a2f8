package dev.redoubt.it.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs that the bench drives, on the PATH or where Debian puts daemons. */
final class Tools {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String TEST_REDIS = "REDOUBT_TEST_REDIS";

    private final Children children;

    Tools(Children children) {
        this.children = children;
    }

    /** The tests' own choice of server comes first. */
    Optional<String> redisServer() {
        return Optional.ofNullable(System.getenv(TEST_REDIS)).or(() -> find("redis-server"));
    }

    Optional<String> find(String name) {
        Stream<String> path = Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The first line of what a command prints; empty if it fails. */
    Optional<String> firstLine(String name, List<String> command) throws InterruptedException {
        try {
            return children.run(name, command, LIMIT).lines().findFirst().map(String::strip);
        } catch (IOException failed) {
            return Optional.empty();
        }
    }
}
