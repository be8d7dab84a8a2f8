package dev.redoubt.proxy.resolver;

import io.netty.resolver.HostsFileEntriesProvider;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code /etc/hosts}, read anew at each question, as containers and people change it under a running process. Reads a file: not for an event loop of the lane. */
record HostsFile(Path path) {
    /** What the file says of a name, IPv4 first; empty if that is nothing, or if there is no such file. */
    List<InetAddress> addressesOf(String host) {
        String name = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ENGLISH);
        HostsFileEntriesProvider entries =
                HostsFileEntriesProvider.parser().parseSilently(path.toFile(), StandardCharsets.UTF_8);
        List<InetAddress> addresses = new ArrayList<>(entries.ipv4Entries().getOrDefault(name, List.of()));
        addresses.addAll(entries.ipv6Entries().getOrDefault(name, List.of()));
        return addresses;
    }
}
