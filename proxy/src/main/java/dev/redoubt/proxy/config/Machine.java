package dev.redoubt.proxy.config;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;

/** What the configuration asks of the machine that it runs on. Calls may block. */
interface Machine {
    /** Whether ::1 can be listened on. */
    boolean hasIpv6Loopback();

    /** What a name or literal address stands for; empty if it is unknown or cannot be looked up now. */
    List<InetAddress> addressesOf(String host);

    /** Whether an address is one of this machine's own. */
    boolean isOwn(InetAddress address);

    /** Whether there is a user of that name or number. */
    boolean knowsUser(String name);

    /** Whether there is a group of that name or number. */
    boolean knowsGroup(String name);

    /** What the JVM allows for direct buffers, in bytes. */
    long maxDirectBytes();

    /** What the JVM allows for the heap, in bytes. */
    long maxHeapBytes();

    /** The memory limit of the container (cgroup), in bytes; empty where there is none. */
    OptionalLong containerLimitBytes();
}
