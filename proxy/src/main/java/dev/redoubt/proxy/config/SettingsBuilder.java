package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.Setting.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the records from values that were found sound. Used once. */
final class SettingsBuilder {
    private static final int DEV_ATTEMPTS = 2;
    private static final String LOCALHOST = "localhost";

    private final Values values;
    private final Machine machine;

    SettingsBuilder(Values values, Machine machine) {
        this.values = values;
        this.machine = machine;
    }

    Settings build() {
        return new Settings(
                listen(),
                values.address(ADMIN),
                values.flag(INSECURE_BIND),
                values.choice(PROFILE, Profile.class),
                upstream(),
                reconnect(),
                backlog(),
                new ReplaySettings(
                        values.optional(REPLAY_WINDOW, Duration.class).orElse(values.duration(BACKLOG_HOLD_BUDGET))),
                fallback(),
                clients(),
                new LeaseSettings(values.number(LEASES_MAX)),
                values.duration(SHUTDOWN_GRACE),
                values.choice(LOG_LEVEL, LogLevel.class),
                values.choice(TRANSPORT, Transport.class));
    }

    /** With localhost expanded, each once. */
    List<HostPort> listen() {
        Set<HostPort> expanded = new LinkedHashSet<>();
        for (HostPort address : values.list(LISTEN, HostPort.class)) {
            if (address.host().equalsIgnoreCase(LOCALHOST)) {
                expanded.addAll(loopback(address.port()));
            } else {
                expanded.add(address);
            }
        }
        return new ArrayList<>(expanded);
    }

    /** With port 0 only IPv4: the two would get different ports. */
    private List<HostPort> loopback(int port) {
        HostPort ipv4 = new HostPort("127.0.0.1", port);
        return port != 0 && machine.hasIpv6Loopback() ? List.of(ipv4, new HostPort("::1", port)) : List.of(ipv4);
    }

    private UpstreamSettings upstream() {
        RedisUrl url = values.url(UPSTREAM_URL);
        Credentials credentials = Credentials.of(values);
        Source urlSource = values.source(UPSTREAM_URL);
        boolean urlNamesDb = url.db() != null && urlSource.outranks(values.source(UPSTREAM_DB));
        int db = Objects.requireNonNullElse(url.db(), 0);
        return new UpstreamSettings(
                urlSource.rank() != Source.Rank.DEFAULT,
                isDisabled(values),
                url.host(),
                url.port(),
                urlNamesDb ? db : values.optional(UPSTREAM_DB, Integer.class).orElse(db),
                credentials.username(),
                credentials.password(),
                values.duration(UPSTREAM_CONNECT_TIMEOUT),
                values.duration(UPSTREAM_STALL_LIMIT),
                values.duration(UPSTREAM_LOST_AFTER),
                values.flag(UPSTREAM_BEHIND_BALANCER),
                values.duration(UPSTREAM_PING_INTERVAL));
    }

    /** A URL from a source of higher precedence takes it back. */
    static boolean isDisabled(Values values) {
        return values.flag(UPSTREAM_DISABLED)
                && !values.source(UPSTREAM_URL).outranks(values.source(UPSTREAM_DISABLED));
    }

    private ReconnectSettings reconnect() {
        boolean dev = values.choice(PROFILE, Profile.class) == Profile.DEV;
        return new ReconnectSettings(
                values.duration(RECONNECT_INITIAL),
                values.duration(RECONNECT_CAP),
                values.duration(RECONNECT_CAP_FOR),
                values.duration(RECONNECT_LATER_CAP),
                values.optional(RECONNECT_ATTEMPTS, Integer.class).orElse(dev ? DEV_ATTEMPTS : 0));
    }

    private BacklogSettings backlog() {
        return new BacklogSettings(
                values.bytes(BACKLOG_MAX_BYTES),
                values.number(BACKLOG_MAX_COMMANDS),
                values.duration(BACKLOG_HOLD_BUDGET));
    }

    private FallbackSettings fallback() {
        FallbackProfile profile = values.choice(FALLBACK_PROFILE, FallbackProfile.class);
        return new FallbackSettings(
                values.flag(FALLBACK_ENABLED) && profile != FallbackProfile.STRICT,
                profile,
                values.duration(FALLBACK_ENTER_AFTER),
                values.bytes(FALLBACK_MAX_BYTES),
                values.bytes(FALLBACK_MAX_VALUE),
                values.duration(FALLBACK_MAX_STALE),
                values.optional(FALLBACK_ON_MISS, OnMiss.class).orElse(profile.onMiss()),
                values.list(FALLBACK_KEYS, String.class),
                values.choice(RECOVERY_SET, RecoverySet.class),
                new JournalSettings(values.bytes(JOURNAL_MAX_BYTES), values.number(JOURNAL_MAX_ENTRIES)),
                new RecorderSettings(values.bytes(RECORDER_MAX_BYTES), values.number(RECORDER_CPU_PERCENT)));
    }

    private ClientSettings clients() {
        return new ClientSettings(
                values.number(CLIENTS_MAX),
                values.number(CLIENTS_IN_FLIGHT_COMMANDS),
                values.bytes(CLIENTS_UNREAD_OUTPUT),
                values.bytes(CLIENTS_OUTPUT_LIMIT),
                values.bytes(CLIENTS_TOTAL_BYTES),
                values.bytes(CLIENTS_QUERY_BUFFER),
                values.bytes(CLIENTS_LARGE_COMMAND),
                values.bytes(CLIENTS_LARGE_REPLY));
    }

    /** User and password: the settings', unless the URL has its own and comes from a source of higher precedence. */
    record Credentials(@Nullable String username, @Nullable String password) {
        static Credentials of(Values values) {
            RedisUrl url = values.url(UPSTREAM_URL);
            Source urlSource = values.source(UPSTREAM_URL);
            boolean urlWins = url.password() != null && urlSource.outranks(values.source(UPSTREAM_PASSWORD));
            if (urlWins) {
                return new Credentials(url.username(), url.password());
            }
            return new Credentials(
                    values.optional(UPSTREAM_USERNAME, String.class).orElse(url.username()),
                    values.optional(UPSTREAM_PASSWORD, String.class).orElse(url.password()));
        }
    }
}
