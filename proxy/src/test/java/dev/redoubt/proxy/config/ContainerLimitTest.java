package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLimitTest {
    @TempDir
    Path root;

    @Test
    void version2LimitOfTheOwnGroup() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("sys/fs/cgroup/app/memory.max", "268435456\n");

        assertEquals(OptionalLong.of(268435456), new ContainerLimit(root).bytes());
    }

    @Test
    void version2LimitAsAContainerSeesIt() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", "134217728\n");

        assertEquals(OptionalLong.of(134217728), new ContainerLimit(root).bytes());
    }

    @Test
    void version1LowestLimitCounts() throws IOException {
        write("proc/self/cgroup", "5:cpu,memory:/docker/abc\n3:pids:/docker/abc\n0::/\n");
        write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "100\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "200\n");

        assertEquals(OptionalLong.of(100), new ContainerLimit(root).bytes());
    }

    @Test
    void noLimitInEitherVersion() throws IOException {
        write("proc/self/cgroup", "4:memory:/\n0::/\n");
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertEquals(OptionalLong.empty(), new ContainerLimit(root).bytes());
    }

    @Test
    void machineWithoutCgroups() {
        assertEquals(OptionalLong.empty(), new ContainerLimit(root).bytes());
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
