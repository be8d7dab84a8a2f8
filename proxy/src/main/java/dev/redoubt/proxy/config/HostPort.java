package dev.redoubt.proxy.config;

import java.net.InetSocketAddress;

/**
 * A host (name or literal address, IPv6 without brackets) and a port. Immutable.
 *
 * @param port 0 to 65535; 0 lets the system choose one when listening
 */
public record HostPort(String host, int port) implements ListenAddress {
    public HostPort {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host is empty");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not 0 to 65535");
        }
    }

    /** Written out, as is {@link #hashCode}: what a record brings along is made of method handles at the first call, in a twentieth of the start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HostPort address && port == address.port && host.equals(address.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    static HostPort parse(String text) throws BadValue {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new BadValue("has no port");
        }
        return new HostPort(host(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** Of an address, not a name: four numbers, or something in brackets. */
    static HostPort parseLiteral(String text) throws BadValue {
        HostPort parsed = parse(text);
        boolean isIpv4 = parsed.host().matches("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
        if (!isIpv4 && !parsed.host().contains(":")) {
            throw new BadValue("has a name where an IP address belongs");
        }
        if (parsed.port() == 0) {
            throw new BadValue("has port 0");
        }
        return parsed;
    }

    static String host(String text) throws BadValue {
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        if (text.contains(":")) {
            throw new BadValue("has an IPv6 address without brackets");
        }
        if (text.isEmpty()) {
            throw new BadValue("has no host");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || "/@?#[]*,".indexOf(c) >= 0)) {
            throw new BadValue("has a host that is none");
        }
        return text;
    }

    private static String bracketed(String text) throws BadValue {
        String host = text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        if (!host.contains(":")
                || !host.chars().allMatch(c -> c == ':' || c == '.' || c == '%' || Character.isLetterOrDigit(c))) {
            throw new BadValue("has brackets around what is no IPv6 address");
        }
        return host;
    }

    static int port(String text) throws BadValue {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65535) {
            throw new BadValue("has a port that is not 0 to 65535");
        }
        return port;
    }

    /** Looks a name up, which blocks: not for an event loop. A literal address is not looked up. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
