package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * How the upstream's name is looked up. Immutable.
 *
 * @param servers literal addresses of name servers to ask instead of the machine's; if empty, the machine's
 * @param reuse how long an answer serves further attempts to connect
 */
public record ResolverSettings(Resolver resolver, List<HostPort> servers, Duration reuse) {
    public ResolverSettings {
        servers = List.copyOf(servers);
        Require.notNegative("reuse", reuse);
    }

    /** Who is asked. */
    public enum Way {
        DNS,
        JDK,
        /** DNS, and where that has no address the JDK. */
        BOTH
    }

    /**
     * Named servers are asked alone. Where only Linux keeps all that there is to know in two files, elsewhere the system itself is asked.
     *
     * @param isLinux whether this is Linux
     */
    public Way way(boolean isLinux) {
        return switch (resolver) {
            case DNS -> Way.DNS;
            case JDK -> Way.JDK;
            case AUTO -> servers.isEmpty() ? (isLinux ? Way.BOTH : Way.JDK) : Way.DNS;
        };
    }
}
