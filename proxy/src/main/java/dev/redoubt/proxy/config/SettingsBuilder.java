package dev.redoubt.proxy.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the records from values that were found sound, after {@link Derivation}. Used once. */
final class SettingsBuilder {
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
                sockets(),
                new TlsListenSettings(tlsListen(), tlsFiles(), values.duration(TlsSetting.RELOAD_INTERVAL)),
                values.address(MainSetting.ADMIN),
                values.flag(MainSetting.INSECURE_BIND),
                values.choice(MainSetting.PROFILE, Profile.class),
                upstream(),
                reconnect(),
                backlog(),
                new ReplaySettings(
                        values.duration(ReplaySetting.WINDOW),
                        patterns(ReplaySetting.AT_MOST_ONCE),
                        patterns(ReplaySetting.AT_LEAST_ONCE)),
                fallback(),
                clients(),
                new UsersSettings(
                        values.optional(UsersSetting.FILE, UsersFile.class).orElse(null),
                        values.duration(UsersSetting.RELOAD_INTERVAL)),
                new LeaseSettings(
                        values.number(LeaseSetting.MAX),
                        values.choice(LeaseSetting.BLOCKING_ON_LOSS, BlockingOnLoss.class)),
                new ScriptSettings(values.number(ScriptSetting.MAX_COUNT), values.bytes(ScriptSetting.MAX_BYTES)),
                values.duration(ProcessSetting.SHUTDOWN_GRACE),
                values.choice(ProcessSetting.LOG_LEVEL, LogLevel.class),
                values.choice(ProcessSetting.LOG_FORMAT, LogFormat.class),
                values.choice(ProcessSetting.TRANSPORT, Transport.class));
    }

    private List<String> patterns(Setting setting) {
        return values.isGiven(setting) ? values.list(setting, String.class) : List.of();
    }

    /** With localhost expanded, each once. */
    List<HostPort> listen() {
        return expanded(listen(HostPort.class));
    }

    /** As {@link #listen}, for those with TLS. */
    List<HostPort> tlsListen() {
        return expanded(values.isGiven(TlsSetting.LISTEN) ? values.list(TlsSetting.LISTEN, HostPort.class) : List.of());
    }

    private List<HostPort> expanded(List<HostPort> addresses) {
        Set<HostPort> expanded = new LinkedHashSet<>();
        for (HostPort address : addresses) {
            if (address.host().equalsIgnoreCase(LOCALHOST)) {
                expanded.addAll(loopback(address.port()));
            } else {
                expanded.add(address);
            }
        }
        return new ArrayList<>(expanded);
    }

    private <T extends ListenAddress> List<T> listen(Class<T> type) {
        return values.list(MainSetting.LISTEN, ListenAddress.class).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .distinct()
                .toList();
    }

    private SocketSettings sockets() {
        return new SocketSettings(
                listen(SocketPath.class),
                values.optional(SocketSetting.MODE, FileMode.class)
                        .orElseThrow()
                        .permissions(),
                values.optional(SocketSetting.OWNER, String.class).orElse(null),
                values.optional(SocketSetting.GROUP, String.class).orElse(null));
    }

    /** With port 0 only IPv4: the two would get different ports. */
    private List<HostPort> loopback(int port) {
        HostPort ipv4 = new HostPort("127.0.0.1", port);
        return port != 0 && machine.hasIpv6Loopback() ? List.of(ipv4, new HostPort("::1", port)) : List.of(ipv4);
    }

    private UpstreamSettings upstream() {
        RedisUrl url = values.url(MainSetting.UPSTREAM_URL);
        return new UpstreamSettings(
                values.source(MainSetting.UPSTREAM_URL).rank() != Source.Rank.DEFAULT,
                values.flag(UpstreamSetting.DISABLED),
                url.host(),
                url.port(),
                values.number(UpstreamSetting.DB),
                values.optional(UpstreamSetting.USERNAME, String.class).orElse(null),
                values.optional(UpstreamSetting.PASSWORD, String.class).orElse(null),
                values.duration(UpstreamSetting.CONNECT_TIMEOUT),
                values.duration(UpstreamSetting.STALL_LIMIT),
                values.duration(UpstreamSetting.LOST_AFTER),
                values.flag(UpstreamSetting.BEHIND_BALANCER),
                values.duration(UpstreamSetting.PING_INTERVAL),
                resolver(),
                url.tls() ? upstreamTls() : null);
    }

    private ResolverSettings resolver() {
        return new ResolverSettings(
                values.choice(ResolverSetting.RESOLVER, Resolver.class),
                values.isGiven(ResolverSetting.SERVERS)
                        ? values.list(ResolverSetting.SERVERS, HostPort.class)
                        : List.of(),
                values.duration(ResolverSetting.TTL));
    }

    private UpstreamTlsSettings upstreamTls() {
        TlsFiles files = files(
                UpstreamTlsSetting.CA_FILE,
                UpstreamTlsSetting.CERT_FILE,
                UpstreamTlsSetting.KEY_FILE,
                UpstreamTlsSetting.KEY_PASSWORD_FILE);
        return new UpstreamTlsSettings(
                files,
                values.flag(UpstreamTlsSetting.VERIFY_HOST),
                values.optional(UpstreamTlsSetting.SERVER_NAME, String.class).orElse(null),
                values.duration(TlsSetting.RELOAD_INTERVAL));
    }

    private TlsFiles tlsFiles() {
        return files(TlsSetting.CA_FILE, TlsSetting.CERT_FILE, TlsSetting.KEY_FILE, TlsSetting.KEY_PASSWORD_FILE);
    }

    private TlsFiles files(Setting ca, Setting certificate, Setting key, Setting keyPassword) {
        return new TlsFiles(file(ca), file(certificate), file(key), file(keyPassword));
    }

    private @Nullable Path file(Setting setting) {
        return values.optional(setting, Path.class).orElse(null);
    }

    /** A URL from a source of higher precedence takes it back. */
    static boolean isDisabled(Values values) {
        return values.flag(UpstreamSetting.DISABLED)
                && !values.source(MainSetting.UPSTREAM_URL).outranks(values.source(UpstreamSetting.DISABLED));
    }

    private ReconnectSettings reconnect() {
        return new ReconnectSettings(
                values.duration(ReconnectSetting.INITIAL),
                values.duration(ReconnectSetting.CAP),
                values.duration(ReconnectSetting.CAP_FOR),
                values.duration(ReconnectSetting.LATER_CAP),
                values.number(ReconnectSetting.ATTEMPTS));
    }

    private BacklogSettings backlog() {
        return new BacklogSettings(
                values.bytes(BacklogSetting.MAX_BYTES),
                values.number(BacklogSetting.MAX_COMMANDS),
                values.duration(BacklogSetting.HOLD_BUDGET),
                values.duration(BacklogSetting.BUSY_HOLD),
                values.isGiven(BacklogSetting.HOLD_BUDGETS)
                        ? values.list(BacklogSetting.HOLD_BUDGETS, HoldBudgetRule.class)
                        : List.of());
    }

    private FallbackSettings fallback() {
        return new FallbackSettings(
                memoryAnswers(values),
                values.choice(FallbackSetting.PROFILE, FallbackProfile.class),
                values.duration(FallbackSetting.ENTER_AFTER),
                values.duration(FallbackSetting.LEAVE_AFTER),
                values.bytes(FallbackSetting.MAX_BYTES),
                values.bytes(FallbackSetting.MAX_VALUE),
                values.duration(FallbackSetting.MAX_STALE),
                values.choice(FallbackSetting.ON_MISS, OnMiss.class),
                values.list(FallbackSetting.KEYS, String.class),
                rules(),
                values.choice(RecoverySetting.SET, RecoverySet.class),
                values.choice(RecoverySetting.CONFLICTS, ConflictNames.class),
                new JournalSettings(
                        values.bytes(JournalSetting.MAX_BYTES),
                        values.number(JournalSetting.MAX_ENTRIES),
                        values.duration(JournalSetting.MAX_AGE),
                        values.optional(JournalSetting.DIR, String.class)
                                .map(Path::of)
                                .orElse(null),
                        values.choice(JournalSetting.FSYNC, JournalFsync.class)),
                new RecorderSettings(
                        values.bytes(RecorderSetting.MAX_BYTES), values.number(RecorderSetting.CPU_PERCENT)));
    }

    /** Whether there is a key that memory may answer for. */
    static boolean memoryAnswers(Values values) {
        return values.flag(FallbackSetting.ENABLED)
                && (values.choice(FallbackSetting.PROFILE, FallbackProfile.class) != FallbackProfile.STRICT
                        || values.isGiven(FallbackSetting.RULES));
    }

    /** Whether each client has to say who it is, by the proxy's own list. */
    static boolean hasOwnUsers(Values values) {
        return values.choice(UsersSetting.MODE, UsersMode.class) == UsersMode.OWN;
    }

    private List<FallbackRule> rules() {
        FallbackRule base = values.choice(FallbackSetting.PROFILE, FallbackProfile.class)
                .rule(values.choice(FallbackSetting.ON_MISS, OnMiss.class), values.duration(FallbackSetting.MAX_STALE));
        List<FallbackRule> rules = new ArrayList<>();
        if (values.isGiven(FallbackSetting.RULES)) {
            values.list(FallbackSetting.RULES, RuleText.class).forEach(rule -> rules.add(rule.over(base)));
        }
        rules.add(base);
        return rules;
    }

    private ClientSettings clients() {
        return new ClientSettings(
                values.number(ClientSetting.MAX),
                values.number(ClientSetting.IN_FLIGHT_COMMANDS),
                values.bytes(ClientSetting.UNREAD_OUTPUT),
                values.bytes(ClientSetting.OUTPUT_LIMIT),
                values.outputBufferLimit(ClientSetting.PUBSUB_OUTPUT_LIMIT),
                values.bytes(ClientSetting.TOTAL_BYTES),
                values.bytes(ClientSetting.QUERY_BUFFER),
                values.bytes(ClientSetting.LARGE_COMMAND),
                values.bytes(ClientSetting.MAX_BULK),
                values.bytes(ClientSetting.LARGE_REPLY),
                values.duration(ClientSetting.TIMEOUT),
                values.duration(ClientSetting.TCP_KEEPALIVE));
    }

    /** User and password: the settings', unless the URL has its own and comes from a source of higher precedence. */
    record Credentials(@Nullable String username, @Nullable String password) {
        static Credentials of(Values values) {
            RedisUrl url = values.url(MainSetting.UPSTREAM_URL);
            Source urlSource = values.source(MainSetting.UPSTREAM_URL);
            boolean urlWins = url.password() != null && urlSource.outranks(values.source(UpstreamSetting.PASSWORD));
            if (urlWins) {
                return new Credentials(url.username(), url.password());
            }
            return new Credentials(
                    values.optional(UpstreamSetting.USERNAME, String.class).orElse(url.username()),
                    values.optional(UpstreamSetting.PASSWORD, String.class).orElse(url.password()));
        }
    }
}
