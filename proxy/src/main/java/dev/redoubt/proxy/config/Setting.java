package dev.redoubt.proxy.config;

import static dev.redoubt.proxy.config.ValueTypes.addressOrOff;
import static dev.redoubt.proxy.config.ValueTypes.addresses;
import static dev.redoubt.proxy.config.ValueTypes.bytes;
import static dev.redoubt.proxy.config.ValueTypes.choice;
import static dev.redoubt.proxy.config.ValueTypes.duration;
import static dev.redoubt.proxy.config.ValueTypes.flag;
import static dev.redoubt.proxy.config.ValueTypes.number;
import static dev.redoubt.proxy.config.ValueTypes.patterns;
import static dev.redoubt.proxy.config.ValueTypes.redisUrl;
import static dev.redoubt.proxy.config.ValueTypes.secret;
import static dev.redoubt.proxy.config.ValueTypes.text;

import dev.redoubt.proxy.config.ValueType.Masking;
import dev.redoubt.proxy.config.ValueType.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The table of every setting: parsing, validation, help and docs are made from it. The key is the name in YAML; the environment
 * ({@code REDOUBT_UPSTREAM_STALL_LIMIT}) and the command line ({@code --upstream-stall-limit}) follow from it. To add one: a row
 * here, and its component in the record that {@link SettingsBuilder} fills.
 */
public enum Setting {
    LISTEN(
            Group.MAIN,
            "listen",
            addresses(),
            "localhost:6380",
            "Where clients connect; localhost is 127.0.0.1 and ::1."),
    UPSTREAM_URL(Group.MAIN, "upstream", redisUrl(), "redis://localhost:6379", "The Redis that is asked."),
    ADMIN(Group.MAIN, "admin", addressOrOff(), "127.0.0.1:8380", "Where /health and /metrics are served."),
    CONFIG(Group.MAIN, "config", text("a readable YAML file"), null, "A YAML file with settings."),
    PROFILE(
            Group.MAIN,
            "profile",
            choice(Profile.class),
            "prod",
            "prod keeps trying to reach Redis, dev gives up soon."),
    INSECURE_BIND(
            Group.MAIN, "insecure-bind", flag(), "false", "Listen beyond loopback though no password protects it."),

    UPSTREAM_USERNAME(
            Group.UPSTREAM, "upstream.username", text("a user of Redis"), null, "In place of the URL's user."),
    UPSTREAM_PASSWORD(Group.UPSTREAM, "upstream.password", secret("any text"), null, "In place of the URL's password."),
    UPSTREAM_DB(Group.UPSTREAM, "upstream.db", number(0, RedisUrl.MAX_DB), null, "In place of the URL's database."),
    UPSTREAM_DISABLED(Group.UPSTREAM, "upstream.disabled", flag(), "false", "No Redis at all: memory answers."),
    UPSTREAM_CONNECT_TIMEOUT(
            Group.UPSTREAM, "upstream.connect-timeout", duration("10ms", "1m"), "2s", "For one attempt to connect."),
    UPSTREAM_STALL_LIMIT(
            Group.UPSTREAM,
            "upstream.stall-limit",
            duration("100ms", "1h"),
            "60s",
            "Bytes are acknowledged but no reply comes: the connection is given up after this. Lower it behind a balancer."),
    UPSTREAM_LOST_AFTER(
            Group.UPSTREAM,
            "upstream.lost-after",
            duration("100ms", "5m"),
            "3s",
            "Bytes that are not acknowledged for this long mean a lost connection."),
    UPSTREAM_BEHIND_BALANCER(
            Group.UPSTREAM,
            "upstream.behind-balancer",
            flag(),
            "false",
            "The address is a balancer's: a new server run behind it does not prove that the old one has ended."),
    UPSTREAM_PING_INTERVAL(
            Group.UPSTREAM,
            "upstream.ping-interval",
            duration("10ms", "1h"),
            "1s",
            "How often the upstream is probed."),

    RECONNECT_INITIAL(Group.RECONNECT, "reconnect.initial", duration("1ms", "1m"), "50ms", "The first wait."),
    RECONNECT_CAP(Group.RECONNECT, "reconnect.cap", duration("1ms", "10m"), "200ms", "The longest wait, at first."),
    RECONNECT_CAP_FOR(
            Group.RECONNECT, "reconnect.cap-for", duration("0", "1h"), "1m", "How long reconnect.cap is in force."),
    RECONNECT_LATER_CAP(
            Group.RECONNECT, "reconnect.later-cap", duration("1ms", "10m"), "3s", "The longest wait after that."),
    RECONNECT_ATTEMPTS(
            Group.RECONNECT,
            "reconnect.attempts",
            number(0, 1_000_000),
            null,
            "Failed attempts before commands are no longer held; 0 is no limit. By profile: prod 0, dev 2."),

    BACKLOG_MAX_BYTES(
            Group.BACKLOG,
            "backlog.max-bytes",
            bytes("64KB", "16GB"),
            "16MB",
            "Memory that waiting commands keep alive."),
    BACKLOG_MAX_COMMANDS(
            Group.BACKLOG, "backlog.max-commands", number(1, 100_000_000), "100000", "Commands that may wait."),
    BACKLOG_HOLD_BUDGET(
            Group.BACKLOG, "backlog.hold-budget", duration("0", "1h"), "10s", "The longest that a command may wait."),

    REPLAY_WINDOW(
            Group.REPLAY,
            "replay.window",
            duration("0", "1h"),
            null,
            "How old an in-doubt SET may be and still be replayed. As backlog.hold-budget, unless given."),

    FALLBACK_ENABLED(Group.FALLBACK, "fallback.enabled", flag(), "true", "Whether memory answers while Redis is down."),
    FALLBACK_PROFILE(
            Group.FALLBACK,
            "fallback.profile",
            choice(FallbackProfile.class),
            "cache",
            "cache: a miss is nil; session: a miss is an error; strict: nothing from memory."),
    FALLBACK_ENTER_AFTER(
            Group.FALLBACK,
            "fallback.enter-after",
            duration("0", "1h"),
            "1s",
            "How long Redis is away before it begins."),
    FALLBACK_MAX_BYTES(Group.FALLBACK, "fallback.max-bytes", bytes("0", "64GB"), "64MB", "Memory for known values."),
    FALLBACK_MAX_VALUE(
            Group.FALLBACK, "fallback.max-value", bytes("0", "512MB"), "64KB", "The largest value that is kept."),
    FALLBACK_MAX_STALE(
            Group.FALLBACK,
            "fallback.max-stale",
            duration("1s", "365d"),
            "1d",
            "The oldest known value that is given."),
    FALLBACK_ON_MISS(
            Group.FALLBACK,
            "fallback.on-miss",
            choice(OnMiss.class),
            null,
            "What a key that memory does not know gets. As fallback.profile says, unless given."),
    FALLBACK_KEYS(Group.FALLBACK, "fallback.keys", patterns(), "*", "The keys that memory may answer for."),

    JOURNAL_MAX_BYTES(
            Group.JOURNAL, "journal.max-bytes", bytes("64KB", "64GB"), "64MB", "Full means: writes are refused."),
    JOURNAL_MAX_ENTRIES(
            Group.JOURNAL,
            "journal.max-entries",
            number(1, 1_000_000_000),
            "1000000",
            "Full means: writes are refused."),

    RECOVERY_SET(
            Group.RECOVERY,
            "recovery.set",
            choice(RecoverySet.class),
            "replay-if-unchanged",
            "Who wins when a journal entry comes to Redis."),

    RECORDER_MAX_BYTES(
            Group.RECORDER, "recorder.max-bytes", bytes("0", "16GB"), "16MB", "Traffic that is remembered unread."),
    RECORDER_CPU_PERCENT(
            Group.RECORDER,
            "recorder.cpu-percent",
            number(0, 100),
            "2",
            "Of one core, for turning it into known values."),

    CLIENTS_MAX(
            Group.CLIENTS, "clients.max", number(1, 1_000_000), "10000", "Client connections, as Redis's maxclients."),
    CLIENTS_IN_FLIGHT_COMMANDS(
            Group.CLIENTS,
            "clients.in-flight-commands",
            number(1, 1_000_000),
            "1024",
            "Unanswered commands of a client; it is not read beyond."),
    CLIENTS_UNREAD_OUTPUT(
            Group.CLIENTS,
            "clients.unread-output",
            bytes("16KB", "1GB"),
            "4MB",
            "Replies that a client leaves unread; it is not read beyond."),
    CLIENTS_OUTPUT_LIMIT(
            Group.CLIENTS,
            "clients.output-limit",
            bytes("0", "16GB"),
            "32MB",
            "Replies that a client leaves unread; it is cut off beyond. 0 is no limit."),
    CLIENTS_TOTAL_BYTES(
            Group.CLIENTS,
            "clients.total-bytes",
            bytes("1MB", "64GB"),
            "64MB",
            "Unanswered commands and unread replies of all clients together; none is read beyond."),
    CLIENTS_QUERY_BUFFER(
            Group.CLIENTS,
            "clients.query-buffer",
            bytes("64KB", "1GB"),
            "16MB",
            "An unfinished command or MULTI queue of a client; it is cut off beyond."),
    CLIENTS_LARGE_COMMAND(
            Group.CLIENTS, "clients.large-command", bytes("1KB", "512MB"), "64KB", "Larger commands take a lease."),
    CLIENTS_LARGE_REPLY(
            Group.CLIENTS, "clients.large-reply", bytes("16KB", "512MB"), "1MB", "Larger replies are streamed."),

    LEASES_MAX(
            Group.LEASES,
            "leases.max",
            number(1, 100_000),
            "256",
            "Upstream connections that one session holds alone."),

    SHUTDOWN_GRACE(
            Group.PROCESS,
            "shutdown.grace",
            duration("0", "10m"),
            "10s",
            "To finish what is in flight, after SIGTERM."),
    LOG_LEVEL(Group.PROCESS, "log.level", choice(LogLevel.class), "info", "The least severe lines that are logged."),
    TRANSPORT(Group.PROCESS, "transport", choice(Transport.class), "auto", "How sockets are driven.");

    private static final String ENVIRONMENT_PREFIX = "REDOUBT_";

    private final Group group;
    private final String key;
    private final ValueType<?> type;
    private final @Nullable String defaultText;
    private final String description;

    Setting(Group group, String key, ValueType<?> type, @Nullable String defaultText, String description) {
        this.group = group;
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** The chapter it stands in. */
    public Group group() {
        return group;
    }

    /** The name in YAML: {@code upstream.stall-limit}. */
    public String key() {
        return key;
    }

    /** The key, and where a key is also the title of a mapping in YAML ({@code upstream:}) the one to use inside it. */
    List<String> keys() {
        return this == UPSTREAM_URL ? List.of(key, key + ".url") : List.of(key);
    }

    /** {@code REDOUBT_UPSTREAM_STALL_LIMIT}. */
    public String environmentName() {
        return environmentName(key);
    }

    /** Every spelling of the variable. */
    List<String> environmentNames() {
        return keys().stream().map(Setting::environmentName).toList();
    }

    private static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** {@code --upstream-stall-limit}. */
    public String option() {
        return option(key);
    }

    /** Every spelling of the option. */
    public List<String> options() {
        return keys().stream().map(Setting::option).toList();
    }

    private static String option(String key) {
        return "--" + key.replace('.', '-');
    }

    /** What it is: "duration", "bytes", "number", "switch", "choice", "address", ... */
    public String kind() {
        return type.kind();
    }

    /** The range or the choices, for people. */
    public String allowed() {
        return type.allowed();
    }

    /** The default as one would write it; null if there is none, or if the description says what it follows from. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    /** What it does, in a sentence. */
    public String description() {
        return description;
    }

    /** Whether it takes several values: separated by commas, as a YAML list, or by a repeated option. */
    public boolean isList() {
        return type.shape() == Shape.LIST;
    }

    /** Whether the option without a value means true. */
    public boolean isFlag() {
        return type.shape() == Shape.FLAG;
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return type.masking() == Masking.WHOLE;
    }

    ValueType<?> type() {
        return type;
    }

    static Optional<Setting> byKey(String key) {
        return first(setting -> setting.keys().contains(key));
    }

    static Optional<Setting> byEnvironmentName(String name) {
        return first(setting -> setting.environmentNames().contains(name));
    }

    private static Optional<Setting> first(Predicate<Setting> condition) {
        return Arrays.stream(values()).filter(condition).findFirst();
    }

    /** All rows of a group, in the table's order. */
    public static List<Setting> of(Group group) {
        return Arrays.stream(values()).filter(setting -> setting.group == group).toList();
    }
}
