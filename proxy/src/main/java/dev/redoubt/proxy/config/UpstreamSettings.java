package dev.redoubt.proxy.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis is asked, and when its connection counts as gone. Immutable; its text shows no password.
 *
 * @param explicit whether anybody named the upstream; otherwise it is the default, localhost:6379
 * @param disabled there is no Redis at all: memory answers
 * @param host a name or a literal address, IPv6 without brackets; looked up at every connect
 * @param username null for Redis's default user
 * @param password null for a Redis without one
 * @param stallLimit acknowledged but not answered for so long: the connection is given up
 * @param lostAfter not acknowledged by TCP for so long: the connection is lost
 * @param behindBalancer the address is a balancer's, so a new run there does not mean that the old one is gone
 * @param resolver how a name is looked up
 * @param tls null for a connection in the clear
 */
public record UpstreamSettings(
        boolean explicit,
        boolean disabled,
        String host,
        int port,
        int db,
        @Nullable String username,
        @Nullable String password,
        Duration connectTimeout,
        Duration stallLimit,
        Duration lostAfter,
        boolean behindBalancer,
        Duration pingInterval,
        ResolverSettings resolver,
        @Nullable UpstreamTlsSettings tls) {
    public UpstreamSettings {
        Require.positive("port", port);
        Require.notNegative("db", db);
        Require.positive("connectTimeout", connectTimeout);
        Require.positive("stallLimit", stallLimit);
        Require.positive("lostAfter", lostAfter);
        Require.positive("pingInterval", pingInterval);
        if (username != null && password == null) {
            throw new IllegalArgumentException("a username without a password");
        }
    }

    /** Host and port, without a look-up. */
    public HostPort address() {
        return new HostPort(host, port);
    }

    /** The URL with the password masked: for people. */
    public String masked() {
        String user = username == null ? "" : username;
        String credentials = password == null ? "" : user + ":***@";
        return (tls == null ? "redis://" : "rediss://") + credentials + address() + "/" + db;
    }

    @Override
    public String toString() {
        return disabled ? "none" : masked();
    }
}
