package dev.redoubt.it.differential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The words of one client: few keys, so that commands meet, and values with all that is awkward. No number here lets a key expire
 * while a test runs: the two servers would not agree on the moment. Each character is a byte. Confined to one thread.
 */
final class Words {
    private static final int KEYS_PER_TYPE = 3;
    private static final List<String> TYPES = List.of("str", "list", "hash", "set", "zset", "stream", "geo", "hll");
    private static final String[] VALUES = {
        "",
        "0",
        "5",
        "-1",
        "9223372036854775807",
        "abc",
        "1.5",
        "01",
        " 1",
        "-0",
        "inf",
        "3.0e3",
        "bytes\0\r\n\u00ff\u0080",
        "*1\r\n$4\r\nPING\r\n",
        "+OK\r\n",
        "$-1\r\n",
        "a value of more than forty-four bytes, which Redis keeps raw",
        "x".repeat(300)
    };
    private static final String[] MEMBERS = {"a", "b", "c", "d", "e", "1", "2", "30", "-4.5", "two words", "\u00ff\0"};
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "-7",
        "100000",
        "99999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "4611686018427387904",
        "x",
        "",
        "1.0",
        "99999999999999999999"
    };
    private static final String[] GARBAGE = {
        "",
        "0",
        "-1",
        "x",
        "nan",
        "9223372036854775808",
        "LIMIT",
        "STREAMS",
        "KEYS",
        "%s%n",
        "\r\n",
        "\u00ff",
        "{}",
        "*",
        "y".repeat(140)
    };
    private static final String[] SCORES = {"1", "2", "-3.5", "1e3", "0.1", "inf", "-inf", "+7", "nan", "x"};
    private static final String[] BOUNDS = {"-inf", "+inf", "0", "(1", "2", "(1e3", "x", "(-inf"};
    private static final String[] LEX = {"-", "+", "[a", "(c", "[", "x", "[e"};
    private static final String[] PATTERNS = {"*", "str*", "?", "[a-c]*", "*1", "", "\\*", "[^x]*"};
    private static final int[] BIG = {17_000, 65_530, 65_536, 70_000, 150_000, 420_000};

    private final Random random;
    private final String prefix;
    private final Snippets snippets;
    private final List<String> dumps;
    private long lastStreamId = 10;

    /** @param prefix begins all keys and names of this client: empty where clients share them */
    Words(Random random, String prefix, List<String> dumps) {
        this.random = random;
        this.prefix = prefix;
        this.snippets = new Snippets(prefix);
        this.dumps = dumps;
    }

    String next(String slot) {
        if (TYPES.contains(slot)) {
            return key(random.nextInt(16) == 0 ? pick(TYPES) : slot);
        }
        return switch (slot) {
            case "any" -> key(pick(TYPES));
            case "value" -> pick(VALUES);
            case "big" -> big();
            case "member", "field" -> pick(MEMBERS);
            case "int" -> Integer.toString(random.nextInt(-4, 9));
            case "small" -> Integer.toString(random.nextInt(0, 12));
            case "num" -> pick(NUMBERS);
            case "float" -> pick("1.5", "-0.25", "2", "1e10", "x");
            case "garbage" -> pick(GARBAGE);
            case "wrong-timeout" -> pick("-1", "x", "");
            case "far" -> Integer.toString(random.nextInt(10_000, 1_000_000));
            case "far-millis" -> Integer.toString(random.nextInt(1_000_000, 1_000_000_000));
            case "db" -> Integer.toString(random.nextInt(4));
            case "score" -> pick(SCORES);
            case "bound" -> pick(BOUNDS);
            case "lex" -> pick(LEX);
            case "pattern" -> pick(PATTERNS);
            case "weights" -> pick(prefix + "str*", prefix + "hash1->*", prefix + "w_*");
            case "longitude" -> pick("13.36", "15.08", "-73.9", "200", "x");
            case "latitude" -> pick("38.11", "37.5", "40.7", "-90");
            default -> streamOrScript(slot);
        };
    }

    private String streamOrScript(String slot) {
        return switch (slot) {
            case "id" -> pick("0", "0-0", Long.toString(someId()), someId() + "-1", "-", "+", "x");
            case "new-id" -> newId();
            case "group" -> pick("g1", "g2");
            case "consumer" -> pick("alice", "bob");
            case "dump" -> dump();
            case "script" -> pick(snippets.scripts());
            case "sha" -> sha();
            case "library" -> pick(snippets.libraries());
            case "library-name" -> pick(snippets.libraryNames());
            case "function" -> pick(snippets.functions());
            case "command" -> pick("GET", "get", "NOSUCH", "MSET", "EVAL", "SORT", "XREAD", "PING");
            default -> throw new IllegalArgumentException("no words for {" + slot + "}");
        };
    }

    /** A word in place of a right one. */
    String garbage() {
        return pick(GARBAGE);
    }

    /** A key that nothing else names. */
    String fresh(int number) {
        return prefix + "fresh" + number;
    }

    private String key(String type) {
        return prefix + type + (1 + random.nextInt(KEYS_PER_TYPE));
    }

    private String big() {
        return pick("x", "0", "\r\n").repeat(BIG[random.nextInt(BIG.length)]);
    }

    private long someId() {
        return Math.max(0, lastStreamId - random.nextInt(8));
    }

    private String newId() {
        lastStreamId += random.nextInt(3);
        return lastStreamId + pick("", "-1", "-2", "-*");
    }

    private String dump() {
        String dump = pick(dumps);
        return random.nextInt(8) == 0 ? dump.substring(1) : dump;
    }

    private String sha() {
        String script = pick(snippets.scripts());
        String sha = sha1(random.nextInt(12) == 0 ? script + " " : script);
        return random.nextInt(6) == 0 ? sha.toUpperCase(Locale.ROOT) : sha;
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
