package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the proxy is configured with: checked, complete, free of text. Immutable.
 *
 * @param listen where clients connect by TCP, in order; {@code localhost} is expanded to 127.0.0.1 and, where there is one, ::1
 * @param sockets where they connect by Unix sockets
 * @param admin where /health and /metrics are served; null for nowhere
 * @param insecureBind listening beyond loopback without a password was asked for
 * @param shutdownGrace for finishing what is in flight, after SIGTERM
 */
public record Settings(
        List<HostPort> listen,
        SocketSettings sockets,
        TlsListenSettings tls,
        @Nullable HostPort admin,
        boolean insecureBind,
        Profile profile,
        UpstreamSettings upstream,
        ReconnectSettings reconnect,
        BacklogSettings backlog,
        ReplaySettings replay,
        FallbackSettings fallback,
        ClientSettings clients,
        UsersSettings users,
        LeaseSettings leases,
        ScriptSettings scripts,
        Duration shutdownGrace,
        LogLevel logLevel,
        LogFormat logFormat,
        Transport transport) {
    public Settings {
        listen = List.copyOf(listen);
        if (listen.isEmpty() && sockets.listen().isEmpty()) {
            throw new IllegalArgumentException("listen is empty");
        }
        Require.notNegative("shutdownGrace", shutdownGrace);
    }

    /** Nothing configured: localhost:6380 to redis://localhost:6379. */
    public static Settings defaults() {
        return of(Map.of());
    }

    /**
     * From keys as in YAML, for tests and embedding; the environment is not read.
     *
     * @throws IllegalArgumentException that names every problem
     */
    public static Settings of(Map<String, String> valuesByKey) {
        return new SettingsLoader(Map.of(), new SystemMachine())
                .loadKeys(valuesByKey)
                .orThrow();
    }
}
