package dev.redoubt.agent.observe;

import org.jspecify.annotations.Nullable;

/** Where a Redis is: host, port, and whether by TLS. Immutable. */
public final class Endpoint {
    private final String host;
    private final int port;
    private final boolean tls;

    /** An endpoint; the host as it was written, not looked up. */
    public Endpoint(String host, int port, boolean tls) {
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    /** The host as it was written. */
    public String host() {
        return host;
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** Whether TLS is spoken there. */
    public boolean isTls() {
        return tls;
    }

    /** Whether both are of one host and port, by their names. */
    public boolean isAt(Endpoint other) {
        return port == other.port && host.equalsIgnoreCase(other.host);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint && isAt((Endpoint) other) && tls == ((Endpoint) other).tls;
    }

    @Override
    public int hashCode() {
        return port;
    }

    /** {@code host:port}, or {@code host:port (TLS)}. */
    @Override
    public String toString() {
        return host + ":" + port + (tls ? " (TLS)" : "");
    }
}
