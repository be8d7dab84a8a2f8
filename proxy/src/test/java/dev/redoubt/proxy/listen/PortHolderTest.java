package dev.redoubt.proxy.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a made-up /proc, where port 6380 (18EC) is listened on and port 6379 (18EB) is only connected to, and so with two Unix
 * sockets.
 */
@EnabledOnOs(OS.LINUX)
class PortHolderTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode\n";

    @TempDir
    Path proc;

    @BeforeEach
    void tables() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net/tcp"),
                HEADER
                        + "   0: 0100007F:18EC 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1\n"
                        + "   1: 0100007F:18EB 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 4712 1\n");
    }

    @BeforeEach
    void unixTable() throws IOException {
        Files.writeString(
                Files.createDirectories(proc.resolve("net")).resolve("unix"),
                "Num       RefCount Protocol Flags    Type St Inode Path\n"
                        + "0000000000000000: 00000003 00000000 00000000 0001 03 4714 /run/redoubt one.sock\n"
                        + "0000000000000000: 00000002 00000000 00010000 0001 01 4713 /run/redoubt one.sock\n"
                        + "0000000000000000: 00000003 00000000 00000000 0001 03 4715 /run/other.sock\n"
                        + "0000000000000000: 00000003 00000000 00000000 0001 03 4716\n");
    }

    @Test
    void processThatListensOnAUnixSocketIsNamed() throws IOException {
        process(42, "redis-server", "redis-server\0", "socket:[4714]");
        process(43, "haproxy", "haproxy\0", "socket:[4713]");

        assertEquals("haproxy (pid 43)", new PortHolder(proc).holderOf(Path.of("/run/redoubt one.sock")));
    }

    @Test
    void connectedUnixSocketIsNotHeld() {
        assertEquals("", new PortHolder(proc).holderOf(Path.of("/run/other.sock")));
    }

    @Test
    void processThatListensIsNamed() throws IOException {
        process(42, "redis-server", "redis-server\0--port\0006380\0", "socket:[4711]");

        assertEquals("redis-server (pid 42)", new PortHolder(proc).holderOf(6380));
    }

    @Test
    void anotherRedoubtIsNamedAsSuch() throws IOException {
        process(43, "java", "java\0-jar\0redoubt.jar\0", "socket:[4711]");

        assertEquals("another Redoubt (pid 43)", new PortHolder(proc).holderOf(6380));
    }

    @Test
    void holderThatMayNotBeSeenIsAnotherProcess() throws IOException {
        process(42, "redis-server", "redis-server\0", "socket:[1]");

        assertEquals("another process", new PortHolder(proc).holderOf(6380));
    }

    @Test
    void connectedPortIsNotHeld() {
        assertEquals("", new PortHolder(proc).holderOf(6379));
    }

    @Test
    void machineWithoutProcKnowsNothing() {
        assertEquals("", new PortHolder(proc.resolve("nowhere")).holderOf(6380));
    }

    private void process(int pid, String comm, String cmdline, String descriptor) throws IOException {
        Path directory = Files.createDirectories(proc.resolve(pid + "/fd")).getParent();
        Files.writeString(directory.resolve("comm"), comm + "\n");
        Files.writeString(directory.resolve("cmdline"), cmdline);
        Files.createSymbolicLink(directory.resolve("fd/7"), Path.of(descriptor));
    }
}
