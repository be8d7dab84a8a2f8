package dev.redoubt.proxy.config;

import dev.redoubt.proxy.config.ValueType.Masking;
import dev.redoubt.proxy.config.ValueType.Shape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that settings have. Stateless. */
final class ValueTypes {
    private static final Map<String, Long> MILLIS_OF_UNIT =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES_OF_UNIT = Map.of(
            "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

    private static final String ADDRESS = "HOST:PORT, an IPv6 address in brackets";

    private ValueTypes() {}

    static ValueType<Duration> duration(String min, String max) {
        long minMillis = constant(() -> millis(min));
        long maxMillis = constant(() -> millis(max));
        return ValueType.single("duration", min + " to " + max, text -> {
            long millis = millis(text);
            requireWithin(millis, minMillis, maxMillis);
            return Duration.ofMillis(millis);
        });
    }

    static ValueType<Long> bytes(String min, String max) {
        long minBytes = constant(() -> byteCount(min));
        long maxBytes = constant(() -> byteCount(max));
        return ValueType.single("bytes", min + " to " + max, text -> {
            long bytes = byteCount(text);
            requireWithin(bytes, minBytes, maxBytes);
            return bytes;
        });
    }

    static ValueType<Integer> number(int min, int max) {
        return ValueType.single("number", min + " to " + max, text -> {
            if (!text.matches("-?\\d{1,18}")) {
                throw new BadValue("is not a whole number");
            }
            long number = Long.parseLong(text);
            requireWithin(number, min, max);
            return (int) number;
        });
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "switch", "true or false", Shape.FLAG, Masking.NONE, text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new BadValue("is neither true nor false");
                });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        E[] values = type.getEnumConstants();
        String allowed = Arrays.stream(values).map(ValueTypes::word).collect(Collectors.joining(", "));
        return ValueType.single(
                "choice",
                allowed,
                text -> Arrays.stream(values)
                        .filter(value -> word(value).equalsIgnoreCase(text.replace('_', '-')))
                        .findFirst()
                        .orElseThrow(() -> new BadValue("is none of the choices")));
    }

    /** An enum constant as it is written in configuration: {@code replay-if-unchanged}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<Optional<HostPort>> addressOrOff() {
        return ValueType.single(
                "address",
                ADDRESS + ", or off",
                text -> text.equals("off") || text.equals("false")
                        ? Optional.empty()
                        : Optional.of(HostPort.parse(text)));
    }

    static ValueType<HostPort> addresses() {
        return new ValueType<>("addresses", ADDRESS, Shape.LIST, Masking.NONE, HostPort::parse);
    }

    /** For whom a name would have to be looked up first. */
    static ValueType<HostPort> literalAddresses() {
        return new ValueType<>(
                "addresses", "IP:PORT, an IPv6 address in brackets", Shape.LIST, Masking.NONE, HostPort::parseLiteral);
    }

    static ValueType<ListenAddress> listenAddresses() {
        return new ValueType<>(
                "addresses", ADDRESS + ", or unix:/PATH", Shape.LIST, Masking.NONE, ListenAddress::parse);
    }

    static ValueType<FileMode> fileMode() {
        return ValueType.single("mode", "000 to 777", FileMode::parse);
    }

    static ValueType<RedisUrl> redisUrl() {
        return ValueType.single(
                        "URL", "redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], or rediss:// for TLS", RedisUrl::parse)
                .masking(Masking.URL);
    }

    static ValueType<String> text(String allowed) {
        return ValueType.single("text", allowed, text -> text);
    }

    /** A path, absolute or from the working directory; whoever reads it says what is wrong with it. */
    static ValueType<String> file(String allowed) {
        return ValueType.single("file", allowed, text -> text);
    }

    /** A file that can be read now; what is in it is looked at later, and again when it changes. */
    static ValueType<Path> readableFile(String allowed) {
        return ValueType.single("file", allowed, ValueTypes::readable);
    }

    private static Path readable(String text) throws BadValue {
        try {
            Path path = Path.of(text);
            if (Files.isRegularFile(path) && Files.isReadable(path)) {
                return path;
            }
            throw new BadValue(Files.exists(path) ? "is no file that can be read" : "does not exist");
        } catch (InvalidPathException e) {
            throw new BadValue("is no file name");
        }
    }

    /** Read at once, so that what is wrong with it is found with all else. */
    static ValueType<UsersFile> usersFile() {
        return ValueType.single("file", "a readable file of users", UsersFile::read);
    }

    static ValueType<String> secret(String allowed) {
        return ValueType.single("text", allowed, ValueTypes::oneLine).masking(Masking.WHOLE);
    }

    /** A YAML block or a quoted variable brings a line end along that nobody means. */
    private static String oneLine(String text) throws BadValue {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new BadValue("has a line break");
        }
        return text;
    }

    static ValueType<String> patterns() {
        return new ValueType<>(
                "patterns", "patterns as KEYS takes them, such as cache:*", Shape.LIST, Masking.NONE, text -> text);
    }

    static ValueType<HoldBudgetRule> holdBudgets() {
        return new ValueType<>("budgets", HoldBudgetRule.ALLOWED, Shape.LIST, Masking.NONE, HoldBudgetRule::parse);
    }

    /** A time that may be zero. */
    static Duration time(String text, String max) throws BadValue {
        long millis = millis(text);
        requireWithin(millis, 0, constant(() -> millis(max)));
        return Duration.ofMillis(millis);
    }

    static ValueType<RuleText> rules() {
        return new ValueType<>(ValueType.RULES, RuleText.ALLOWED, Shape.LIST, Masking.NONE, RuleText::parse);
    }

    /** As in redis.conf, without the name of the kind. */
    static ValueType<OutputBufferLimit> outputBufferLimit() {
        return ValueType.single("limit", "HARD SOFT SECONDS as in redis.conf; 0 0 0 is no limit", text -> {
            String[] parts = text.split("\\s+", -1);
            if (parts.length != 3 || !parts[2].matches("\\d{1,6}")) {
                throw new BadValue("is not two sizes and a number of seconds");
            }
            return new OutputBufferLimit(
                    byteCount(parts[0]), byteCount(parts[1]), Duration.ofSeconds(Integer.parseInt(parts[2])));
        });
    }

    private static void requireWithin(long value, long min, long max) throws BadValue {
        if (value < min) {
            throw new BadValue("is too small");
        }
        if (value > max) {
            throw new BadValue("is too large");
        }
    }

    private static long millis(String text) throws BadValue {
        return scaled(text, MILLIS_OF_UNIT, "duration", "ms, s, m, h or d", "10s");
    }

    private static long byteCount(String text) throws BadValue {
        return scaled(text, BYTES_OF_UNIT, "size", "B, KB, MB or GB", "16MB");
    }

    private static long scaled(String text, Map<String, Long> units, String kind, String unitNames, String example)
            throws BadValue {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            throw new BadValue("is not a " + kind + " such as " + example);
        }
        long number = Long.parseLong(text.substring(0, digits));
        String unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
        if (unit.isEmpty() && number != 0) {
            throw new BadValue("has no unit (" + unitNames + "), write it like " + example);
        }
        Long factor = unit.isEmpty() ? Long.valueOf(1) : units.get(unit);
        if (factor == null) {
            throw new BadValue("has the unknown unit \"" + unit + "\" instead of " + unitNames);
        }
        if (number > Long.MAX_VALUE / factor) {
            throw new BadValue("is too large");
        }
        return number * factor;
    }

    /** The limits of the table itself: a bad one is a bug. */
    private static long constant(Limit limit) {
        try {
            return limit.value();
        } catch (BadValue e) {
            throw new IllegalStateException("bad limit in the table of settings", e);
        }
    }

    private interface Limit {
        long value() throws BadValue;
    }
}
