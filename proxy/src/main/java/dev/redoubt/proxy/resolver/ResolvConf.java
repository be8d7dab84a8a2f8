package dev.redoubt.proxy.resolver;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /etc/resolv.conf} says, read as resolv.conf(5) has it: three name servers at most, the last of {@code search} and {@code domain} counts, without name servers one on this machine is
 * asked. The domain of the machine's own name is not searched where the file names none. Immutable.
 *
 * @param servers in the order in which they are to be asked; at least one
 * @param search the domains that a name without enough dots is looked up in first
 * @param dots how many dots are enough
 * @param rotates whether each look-up begins with another server
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int dots, boolean rotates) {
    static final int DNS_PORT = 53;
    private static final int MAX_SERVERS = 3;
    private static final int MAX_DOTS = 15;

    ResolvConf {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** A file that cannot be read counts as empty, as it does for the system's own resolver. */
    static ResolvConf of(Path file) {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return parse(List.of());
        }
    }

    static ResolvConf parse(List<String> lines) {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int dots = 1;
        boolean rotates = false;
        for (String line : lines) {
            List<String> words = words(line);
            switch (words.get(0)) {
                case "nameserver" -> addServer(servers, words);
                case "search" -> search = words.subList(1, words.size());
                case "domain" -> search = words.subList(1, Math.min(2, words.size()));
                case "options" -> {
                    dots = dots(words, dots);
                    rotates |= words.contains("rotate");
                }
                default -> {
                    // What else there is (sortlist, options for IPv6) does not matter here.
                }
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT));
        }
        return new ResolvConf(servers, search, dots, rotates);
    }

    /** At least one, if an empty one; what a comment says is not among them. */
    private static List<String> words(String line) {
        int comment = line.replace('#', ';').indexOf(';');
        return List.of((comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+"));
    }

    private static void addServer(List<InetSocketAddress> servers, List<String> words) {
        if (servers.size() < MAX_SERVERS && words.size() > 1) {
            server(words.get(1)).ifPresent(servers::add);
        }
    }

    /** Empty for a name, which would have to be looked up itself, and for an address in a zone that is no interface here. */
    private static Optional<InetSocketAddress> server(String text) {
        try {
            return isLiteral(text)
                    ? Optional.of(new InetSocketAddress(InetAddress.getByName(text), DNS_PORT))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is an address rather than a name. */
    static boolean isLiteral(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    private static int dots(List<String> options, int before) {
        return options.stream()
                .filter(option -> option.matches("ndots:\\d{1,3}"))
                .map(option -> Math.min(MAX_DOTS, Integer.parseInt(option.substring("ndots:".length()))))
                .reduce(before, (one, later) -> later);
    }
}
