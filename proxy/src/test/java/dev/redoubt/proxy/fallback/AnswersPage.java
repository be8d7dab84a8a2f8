package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.FallbackProfile;
import dev.redoubt.proxy.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of docs/answers-in-an-outage.md, made by asking the store. It stands between two marks; what is around it is written
 * by hand. {@code ./dev docs} runs this. Stateless.
 */
final class AnswersPage {
    static final String BEGIN = "<!-- made by ./dev docs: begin -->\n";
    static final String END = "<!-- made by ./dev docs: end -->\n";

    /** KEY is a key that memory knows, or one that it does not; so are HASH, TAGS, a set, and QUEUE, a list; FIELD and MEMBER are what is in them. */
    private static final List<String> COMMANDS = List.of(
            "GET KEY",
            "MGET KEY",
            "STRLEN KEY",
            "GETRANGE KEY 0 -1",
            "EXISTS KEY",
            "TYPE KEY",
            "TTL KEY",
            "SET KEY v",
            "SET KEY v EX 60",
            "SET KEY v XX",
            "SET KEY v KEEPTTL",
            "SET KEY v GET",
            "SET KEY v NX",
            "SET KEY v NX EX 60",
            "SETEX KEY 60 v",
            "MSET KEY v",
            "DEL KEY",
            "GETDEL KEY",
            "GETEX KEY EX 60",
            "GETSET KEY v",
            "EXPIRE KEY 60",
            "PERSIST KEY",
            "SETNX KEY v",
            "MSETNX KEY v",
            "INCR KEY",
            "INCRBYFLOAT KEY 1.5",
            "APPEND KEY x",
            "SETRANGE KEY 0 x",
            "HGET HASH FIELD",
            "HMGET HASH FIELD",
            "HGETALL HASH",
            "HLEN HASH",
            "HSET HASH FIELD v",
            "HMSET HASH FIELD v",
            "HDEL HASH FIELD",
            "HSETNX HASH FIELD v",
            "HINCRBY HASH FIELD 1",
            "MULTI; GET KEY; SET KEY v; EXEC",
            "MULTI; SET KEY v; ZADD other 1 x; EXEC",
            "EVAL release-script 1 KEY 5",
            "EVAL another-script 1 KEY",
            "KEYS *",
            "SCAN 0",
            "DBSIZE",
            "FLUSHDB",
            "SMEMBERS TAGS",
            "SISMEMBER TAGS MEMBER",
            "SCARD TAGS",
            "SADD TAGS x",
            "SREM TAGS MEMBER",
            "LRANGE QUEUE 0 -1",
            "LLEN QUEUE",
            "LINDEX QUEUE 0",
            "LPUSH QUEUE x",
            "LPOP QUEUE",
            "LSET QUEUE 0 x",
            "ZADD KEY 1 x");

    private static final String RELEASE =
            "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end";

    private AnswersPage() {}

    /** @param arguments the page, which is written anew */
    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        Files.writeString(page, renewed(Files.readString(page)));
    }

    static String renewed(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("the page has lost its marks");
        }
        return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
    }

    private static String table() {
        String head =
                "\n| command | `cache`, `session`: key known | `cache`: not known | `session`: not known | `strict` | memory only |\n"
                        + "|---|---|---|---|---|---|\n";
        return COMMANDS.stream().map(AnswersPage::row).collect(Collectors.joining("", head, "\n"));
    }

    private static String row(String command) {
        return Stream.of(
                        "`" + command + "`",
                        known(command),
                        unknown(FallbackProfile.CACHE, command),
                        unknown(FallbackProfile.SESSION, command),
                        "waits",
                        inMemoryOnly(command))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String known(String command) {
        String cache = inOutage(() -> knowing(FallbackProfile.CACHE), command, "known", "hash", "a");
        String session = inOutage(() -> knowing(FallbackProfile.SESSION), command, "known", "hash", "a");
        if (!cache.equals(session)) {
            throw new IllegalStateException(command + " differs by profile: " + cache + ", " + session);
        }
        return cache;
    }

    private static String unknown(FallbackProfile profile, String command) {
        return inOutage(() -> knowing(profile), command, "never", "never", "f");
    }

    private static String inOutage(
            Supplier<StoreFixture> fixture, String command, String key, String hash, String field) {
        return said(run(fixture.get(), Mode.OUTAGE, words(command, key, hash, field)), "waits", key.equals("known"));
    }

    private static String inMemoryOnly(String command) {
        StoreFixture fixture = new StoreFixture();
        fixture.memoryOnly("SET known 5");
        fixture.memoryOnly("HSET hash a 1");
        fixture.memoryOnly("SADD tags a");
        fixture.memoryOnly("RPUSH queue a");
        return said(run(fixture, Mode.MEMORY_ONLY, words(command, "known", "hash", "a")), "`-UNAVAILABLE`", true);
    }

    private static String run(StoreFixture fixture, Mode mode, String... words) {
        if (!words[0].equals("MULTI;")) {
            return fixture.run(mode, 0, words);
        }
        String queued = String.join(" ", words).replaceAll("^MULTI; |; EXEC$", "");
        return fixture.exec(mode, queued);
    }

    private static StoreFixture knowing(FallbackProfile profile) {
        Settings settings = Settings.of(
                Map.of("admin", "off", "fallback.profile", profile.name().toLowerCase(Locale.ROOT)));
        StoreFixture fixture = new StoreFixture(new FallbackSettings.Builder()
                .rules(settings.fallback().rules())
                .build());
        fixture.seen("SET known 5", "+OK");
        fixture.seen("HGETALL hash", "*2\r\n$1\r\na\r\n$1\r\n1");
        fixture.seen("SMEMBERS tags", "*1\r\n$1\r\na");
        fixture.seen("LRANGE queue 0 -1", "*1\r\n$1\r\na");
        return fixture.drained();
    }

    private static String[] words(String command, String key, String hash, String field) {
        return Stream.of(command.split(" "))
                .map(word -> switch (word) {
                    case "KEY" -> key;
                    case "KEY;" -> key + ";";
                    case "TAGS" -> key.equals("known") ? "tags" : key;
                    case "QUEUE" -> key.equals("known") ? "queue" : key;
                    case "HASH" -> hash;
                    case "FIELD", "MEMBER" -> field;
                    case "release-script" -> RELEASE;
                    case "another-script" -> "return redis.call('GET', KEYS[1])";
                    default -> word;
                })
                .toArray(String[]::new);
    }

    private static String said(String reply, String held, boolean isKnown) {
        if (reply.equals("HOLD")) {
            return held;
        }
        if (reply.startsWith("REFUSED")) {
            return "`-UNAVAILABLE`";
        }
        if (isKnown) {
            return "answered";
        }
        return switch (reply) {
            case "$-1" -> "nil";
            case "*1 $-1" -> "nil for it";
            case ":-2", ":0", "*0", "$0", "+none" -> "as of no key";
            default -> "answered";
        };
    }
}
