package dev.redoubt.it.fallback;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands that the memory store does, right ones and wrong ones, on a few keys. */
final class RandomCommands {
    static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "", "bin\0\r\n\u00ff", "h*", "h[a]"};
    private static final String[] VALUES = {
        "",
        "0",
        "5",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "abc",
        "1.5",
        "3.0e3",
        "01",
        "+1",
        " 1",
        "-0",
        "bytes\0\r\n\u00ff\u0080",
        "0.1",
        "1e-5",
        "123456789.123456789",
        "inf",
        "-.5",
        "1e30",
        "a longer value that is not a number at all, to be cut into ranges"
    };
    private static final String[] NUMBERS = {
        "1",
        "-1",
        "0",
        "7",
        "-7",
        "100",
        "9223372036854775807",
        "-9223372036854775808",
        "4611686018427387904",
        "x",
        "",
        "1.0",
        "99999999999999999999"
    };
    /** None that would expire in the middle of a comparison. */
    private static final String[] EXPIRIES = {
        "-1",
        "0",
        "-7",
        "9223372036854775807",
        "-9223372036854775808",
        "4611686018427387904",
        "9223372036854775",
        "9223372036854776",
        "x",
        "",
        "1.0",
        "99999999999999999999"
    };

    private static final String[] FIELDS = {"f", "g", "h", "", "bin\0\r\n\u00ff"};

    private static final String[] SET_WORDS = {
        "NX", "xx", "GET", "keepttl", "PERSIST", "foo", "nx\0more", "", "EX", "px"
    };
    private static final String[] EXPIRE_WORDS = {"NX", "xx", "GT", "lt", "foo", "nx"};
    private static final String[] PATTERNS = {
        "*", "a*", "?", "[a-c]", "[^a]", "h\\*", "h[*]", "", "**", "[c-a]", "bin*", "x"
    };

    private final Random random;
    private final long nowMillis = System.currentTimeMillis();

    RandomCommands(Random random) {
        this.random = random;
    }

    String[] next() {
        List<String> command = new ArrayList<>();
        fill(command);
        boolean isLeftToChance = command.get(0).equals("SPOP"); // without its count, which is more than there is
        if (random.nextInt(60) == 0 && !isLeftToChance) {
            command.remove(command.size() - 1);
        } else if (random.nextInt(60) == 0) {
            command.add(value());
        }
        if (command.isEmpty()) {
            command.add("GET");
        }
        if (random.nextBoolean()) {
            command.set(0, command.get(0).toLowerCase());
        }
        return command.toArray(new String[0]);
    }

    private void fill(List<String> command) {
        switch (random.nextInt(78)) {
            case 0, 1, 2 -> set(command);
            case 3 -> add(command, "SETEX", key(), anyExpiry(), value());
            case 4 -> add(command, "PSETEX", key(), anyExpiry(), value());
            case 5, 6 -> add(command, "GET", key());
            case 7 -> add(command, "MGET", key(), key(), key());
            case 8 -> add(command, "MSET", key(), value(), key(), value());
            case 9 -> add(command, "MSETNX", key(), value(), key(), value());
            case 10 -> add(command, "GETDEL", key());
            case 11, 12 -> getEx(command);
            case 13 -> add(command, "DEL", key(), key());
            case 14 -> add(command, "UNLINK", key(), key());
            case 15 -> add(command, "EXISTS", key(), key(), key());
            case 16, 17, 18 -> expire(command);
            case 19 -> add(command, pick("TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME"), key());
            case 20 -> add(command, "PERSIST", key());
            case 21 -> add(command, "STRLEN", key());
            case 22 -> add(command, "SETNX", key(), value());
            case 23 -> add(command, "GETSET", key(), value());
            case 24 -> add(command, "APPEND", key(), value());
            case 25 -> add(command, pick("INCR", "DECR"), key());
            case 26 -> add(command, pick("INCRBY", "DECRBY"), key(), anyNumber());
            case 27, 28 -> add(command, "INCRBYFLOAT", key(), value());
            case 29, 30 -> add(command, pick("GETRANGE", "SUBSTR"), key(), anyNumber(), anyNumber());
            case 31 -> add(command, "SETRANGE", key(), pick("0", "1", "20", "-1", "x", "536870912"), value());
            case 32 -> add(command, "TYPE", key());
            case 33 -> add(command, "DBSIZE");
            case 34 -> add(command, "KEYS", pick(PATTERNS));
            case 35 -> add(command, "RANDOMKEY");
            case 36 -> scan(command);
            case 37, 38, 39, 40 -> add(command, pick("HSET", "HSET", "HMSET"), key(), field(), value());
            case 41, 42 -> add(command, pick("HSET", "HMSET"), key(), field(), value(), field(), value());
            case 43 -> add(command, "HSETNX", key(), field(), value());
            case 44, 45 -> add(command, pick("HGET", "HEXISTS", "HSTRLEN"), key(), field());
            case 46 -> add(command, "HMGET", key(), field(), field(), field());
            case 47, 48, 49 -> add(command, pick("HGETALL", "HKEYS", "HVALS", "HLEN"), key());
            case 50, 51 -> add(command, "HDEL", key(), field(), field());
            case 52 -> add(command, "HINCRBY", key(), field(), anyNumber());
            case 53, 54 -> add(command, "HINCRBYFLOAT", key(), field(), value());
            case 55, 56, 57 -> add(command, "SADD", key(), value(), value());
            case 58 -> add(command, "SREM", key(), value(), value(), value());
            case 59, 60 -> add(command, pick("SMEMBERS", "SCARD"), key());
            case 61 -> add(command, "SISMEMBER", key(), value());
            case 62 -> add(command, "SMISMEMBER", key(), value(), value(), value());
            case 63, 64, 65 -> add(command, pick("LPUSH", "RPUSH"), key(), value(), value());
            case 66 -> add(command, pick("LPOP", "RPOP"), key());
            case 67 -> add(command, pick("LPOP", "RPOP"), key(), pick("1", "2", pick(NUMBERS)));
            case 68 -> add(command, "LRANGE", key(), "0", "-1");
            case 69 -> add(command, "LRANGE", key(), pick("1", "-2", pick(NUMBERS)), pick("3", "-1", pick(NUMBERS)));
            case 70 -> add(command, "LLEN", key());
            case 71 -> add(command, "LINDEX", key(), pick("0", "-1", "1", pick(NUMBERS)));
            case 72 -> add(command, "LSET", key(), pick("0", "-1", "1", pick(NUMBERS)), value());
            case 73 -> add(command, "LREM", key(), pick("0", "-1", "1", pick(NUMBERS)), value());
            case 74 -> add(command, "LTRIM", key(), pick("0", "1", pick(NUMBERS)), pick("2", "-1", pick(NUMBERS)));
            case 75 -> add(command, "LTRIM", key(), "0", pick("2", "3"));
            case 76 -> add(command, "SPOP", key(), pick("0", "1000", "1000", "-1", "x", "9223372036854775807"));
            default -> flush(command);
        }
    }

    private void flush(List<String> command) {
        if (random.nextInt(10) == 0) {
            add(command, pick("FLUSHDB", "FLUSHALL"));
            if (random.nextBoolean()) {
                command.add(pick("ASYNC", "sync", "foo"));
            }
        } else {
            add(command, "GET", key());
        }
    }

    /** In one piece, as far as Redis is asked. */
    private void scan(List<String> command) {
        add(command, "SCAN", random.nextInt(8) == 0 ? pick("x", "", "1.5") : "0", "COUNT", "100000");
        if (random.nextBoolean()) {
            add(command, "match", pick(PATTERNS));
        }
        if (random.nextInt(3) == 0) {
            add(command, "TYPE", pick("string", "hash", "HASH", "set", "list", "foo"));
        }
        if (random.nextInt(10) == 0) {
            add(command, pick("COUNT", "MATCH", "foo"), pick("0", "-1", "x", ""));
        }
    }

    private void set(List<String> command) {
        add(command, "SET", key(), value());
        options(command, SET_WORDS);
    }

    private void getEx(List<String> command) {
        add(command, "GETEX", key());
        options(command, SET_WORDS);
    }

    private void options(List<String> command, String[] words) {
        int count = random.nextInt(8) == 0 ? 3 : random.nextInt(3);
        for (int i = 0; i < count; i++) {
            if (random.nextBoolean()) {
                command.add(pick(words));
            } else {
                expiry(command);
            }
        }
    }

    private void expiry(List<String> command) {
        switch (random.nextInt(5)) {
            case 0 -> add(command, "EX", farSeconds());
            case 1 -> add(command, "px", farMillis());
            case 2 -> add(command, "EXAT", Long.toString(nowMillis / 1000 + awayFromNow()));
            case 3 -> add(command, "PXAT", Long.toString(nowMillis + random.nextInt(1_000_000, 1_000_000_000)));
            default -> add(command, pick("EX", "PX", "EXAT", "PXAT"), pick(EXPIRIES));
        }
    }

    private void expire(List<String> command) {
        switch (random.nextInt(6)) {
            case 0 -> add(command, "EXPIRE", key(), farSeconds());
            case 1 -> add(command, "PEXPIRE", key(), farMillis());
            case 2 ->
                add(command, "EXPIREAT", key(), Long.toString(nowMillis / 1000 + random.nextInt(1000, 1_000_000)));
            case 3 ->
                add(command, "PEXPIREAT", key(), Long.toString(nowMillis + random.nextInt(1_000_000, 1_000_000_000)));
            default -> add(command, pick("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT"), key(), pick(EXPIRIES));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            command.add(pick(EXPIRE_WORDS));
        }
    }

    /** Far enough apart that two clocks read a moment apart order them alike. */
    private String farSeconds() {
        return Long.toString(random.nextInt(1000, 1_000_000));
    }

    private String farMillis() {
        return Long.toString(random.nextInt(1_000_000, 1_000_000_000));
    }

    private int awayFromNow() {
        return random.nextInt(4) == 0 ? -random.nextInt(1000, 1_000_000) : random.nextInt(1000, 1_000_000);
    }

    private String anyExpiry() {
        return random.nextInt(3) == 0 ? pick(EXPIRIES) : farMillis();
    }

    private String anyNumber() {
        return random.nextInt(3) == 0 ? farSeconds() : pick(NUMBERS);
    }

    private String key() {
        return pick(KEYS);
    }

    private String field() {
        return pick(FIELDS);
    }

    private String value() {
        return pick(VALUES);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static void add(List<String> command, String... words) {
        command.addAll(List.of(words));
    }
}
