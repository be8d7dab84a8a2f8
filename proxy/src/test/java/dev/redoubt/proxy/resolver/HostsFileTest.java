package dev.redoubt.proxy.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
    @TempDir
    Path directory;

    @Test
    void everyAddressOfANameIsFoundAndCaseDoesNotMatter() throws IOException {
        HostsFile hosts = written("""
                ::1        localhost redis
                10.0.0.5   Redis redis.internal # the old one
                10.0.0.6   redis
                """);

        assertEquals(List.of("10.0.0.5", "10.0.0.6", "0:0:0:0:0:0:0:1"), addresses(hosts, "redis"));
        assertEquals(List.of("10.0.0.5"), addresses(hosts, "REDIS.internal."));
        assertEquals(List.of(), addresses(hosts, "old"));
    }

    @Test
    void changeOfTheFileCountsAtOnce() throws IOException {
        HostsFile hosts = written("10.0.0.5 redis\n");
        assertEquals(List.of("10.0.0.5"), addresses(hosts, "redis"));

        written("10.0.0.7 redis\n");

        assertEquals(List.of("10.0.0.7"), addresses(hosts, "redis"));
    }

    @Test
    void machineWithoutAFileKnowsNoName() {
        assertEquals(List.of(), addresses(new HostsFile(directory.resolve("none")), "redis"));
    }

    private HostsFile written(String text) throws IOException {
        return new HostsFile(Files.writeString(directory.resolve("hosts"), text));
    }

    private static List<String> addresses(HostsFile hosts, String name) {
        return hosts.addressesOf(name).stream().map(InetAddress::getHostAddress).toList();
    }
}
