package dev.redoubt.proxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads the memory limit of the cgroup that we are in, version 1 or 2. Immutable. */
final class ContainerLimit {
    /** Version 1 says "no limit" as the largest multiple of a page; nothing real comes near. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path root;

    ContainerLimit(Path root) {
        this.root = root;
    }

    /** The lowest limit of our own group and of what a container sees as the top of the hierarchy. */
    OptionalLong bytes() {
        return memberships()
                .flatMap(line -> files(line).stream())
                .mapToLong(this::limit)
                .filter(limit -> limit > 0 && limit < NO_LIMIT)
                .min();
    }

    /** Lines {@code 0::/path} (version 2) and {@code 4:memory:/path} (version 1). */
    private Stream<String> memberships() {
        try {
            return Files.readAllLines(root.resolve("proc/self/cgroup")).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static List<String> files(String line) {
        String[] parts = line.split(":", 3);
        if (parts.length < 3) {
            return List.of();
        }
        if (parts[1].isEmpty()) {
            return List.of("sys/fs/cgroup" + parts[2] + "/memory.max", "sys/fs/cgroup/memory.max");
        }
        if (List.of(parts[1].split(",")).contains("memory")) {
            String top = "sys/fs/cgroup/memory";
            return List.of(top + parts[2] + "/memory.limit_in_bytes", top + "/memory.limit_in_bytes");
        }
        return List.of();
    }

    private long limit(String file) {
        try {
            return Long.parseLong(Files.readString(root.resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return -1; // no such file, or "max"
        }
    }
}
