package dev.redoubt.it.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * Where the Redis of the tests comes from: the first that is there of {@code REDOUBT_TEST_REDIS} (an environment variable or
 * a system property: a path, or {@code docker} or {@code embedded} to choose one of the others), {@code redis-server} on the
 * PATH, Docker, and the Redis 6.2 inside a library. Immutable; found once.
 *
 * @param name how failures and skipped tests name it
 */
record RedisSource(String name, Factory factory) {
    private static final String SETTING = "REDOUBT_TEST_REDIS";

    /** Makes a server that is not started. */
    interface Factory {
        RedisEngine create(int port, List<String> options);
    }

    static RedisSource found() {
        return Found.SOURCE;
    }

    /** The version that servers of this source report. */
    static RedisVersion version() {
        return Found.VERSION;
    }

    static RedisSource docker() {
        return new RedisSource("Docker image " + DockerRedis.IMAGE, DockerRedis::new);
    }

    static RedisSource find(Optional<String> setting) {
        return setting.map(RedisSource::chosen)
                .or(() -> onPath().map(RedisSource::program))
                .or(() -> DockerRedis.isAvailable() ? Optional.of(docker()) : Optional.empty())
                .orElseGet(RedisSource::embedded);
    }

    private static RedisSource chosen(String setting) {
        return switch (setting) {
            case "docker" -> docker();
            case "embedded" -> embedded();
            default -> program(Path.of(setting));
        };
    }

    private static RedisSource program(Path path) {
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("not a program that can be run: " + path + " (from " + SETTING + "?)");
        }
        return new RedisSource(path.toString(), (port, options) -> new NativeRedis(path, port, options));
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RedisSource embedded() {
        try {
            return program(ExecutableProvider.newJarResourceProvider().get().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> setting() {
        return Optional.ofNullable(System.getProperty(SETTING, System.getenv(SETTING)))
                .filter(text -> !text.isBlank());
    }

    private static final class Found {
        private static final RedisSource SOURCE = find(setting());
        private static final RedisVersion VERSION = reportedVersion();

        private static RedisVersion reportedVersion() {
            try (RedisServer server = RedisServer.started()) {
                return server.version();
            }
        }
    }
}
