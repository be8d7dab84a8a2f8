package dev.redoubt.proxy.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A machine made up for a test: names are looked up in a map, literal addresses as usual, nothing asks a network. */
final class FakeMachine implements Machine {
    boolean ipv6Loopback = true;
    long maxDirectBytes = 1L << 40;
    long maxHeapBytes = 1L << 40;
    OptionalLong containerLimitBytes = OptionalLong.empty();
    final Map<String, String> names = new HashMap<>(Map.of("localhost", "127.0.0.1"));
    final List<String> ownAddresses = List.of("192.0.2.10");
    int lookUps;

    @Override
    public boolean hasIpv6Loopback() {
        return ipv6Loopback;
    }

    @Override
    public List<InetAddress> addressesOf(String host) {
        lookUps++;
        String address = names.getOrDefault(host, host);
        boolean isLiteral = address.matches("[0-9.]+") || address.contains(":");
        return isLiteral ? List.of(literal(address)) : List.of();
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || ownAddresses.contains(address.getHostAddress());
    }

    @Override
    public boolean knowsUser(String name) {
        return name.equals("joe");
    }

    @Override
    public boolean knowsGroup(String name) {
        return name.equals("staff");
    }

    @Override
    public long maxDirectBytes() {
        return maxDirectBytes;
    }

    @Override
    public long maxHeapBytes() {
        return maxHeapBytes;
    }

    @Override
    public OptionalLong containerLimitBytes() {
        return containerLimitBytes;
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
