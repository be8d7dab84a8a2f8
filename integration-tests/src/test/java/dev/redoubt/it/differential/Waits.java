package dev.redoubt.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A blocking command on a key that nobody else names, and the many ways to wake whoever waits there. Confined to one thread. */
final class Waits {
    private static final String SECONDS = "3";

    private final Random random;
    private final String key;
    private final String other;
    private final int kind;

    Waits(Random random, String key) {
        this.random = random;
        this.key = key;
        this.other = key + "other";
        this.kind = random.nextInt(3);
    }

    /** Both in one database. */
    List<Request> before() {
        return List.of(
                Request.command("RESET"),
                Request.command(List.of("HELLO", random.nextBoolean() ? "2" : "3"), Comparison.GREETING),
                Request.command("XGROUP", "CREATE", key + "stream", "g", "$", "MKSTREAM"),
                Request.command("DEL", key, other));
    }

    /** The wait, with so many commands behind it in the same pipeline. */
    List<Request> wait(int followers) {
        List<Request> requests = new ArrayList<>(List.of(waiting()));
        for (int i = 0; i < followers; i++) {
            requests.add(random.nextBoolean() ? Request.command("EXISTS", key) : Request.command("PING"));
        }
        return requests;
    }

    private Request waiting() {
        String stream = key + "stream";
        return switch (kind) {
            case 0 ->
                any(
                        new String[] {"BLPOP", other, key, SECONDS},
                        new String[] {"BRPOP", key, SECONDS},
                        new String[] {"BLMPOP", SECONDS, "2", other, key, "LEFT", "COUNT", "3"},
                        new String[] {"BLMOVE", key, other, "RIGHT", "LEFT", SECONDS},
                        new String[] {"BRPOPLPUSH", key, key, SECONDS});
            case 1 ->
                any(
                        new String[] {"BZPOPMIN", key, SECONDS},
                        new String[] {"BZPOPMAX", other, key, SECONDS},
                        new String[] {"BZMPOP", SECONDS, "1", key, "MAX", "COUNT", "2"});
            default ->
                any(
                        new String[] {"XREAD", "BLOCK", "3000", "STREAMS", stream, "$"},
                        new String[] {"XREADGROUP", "GROUP", "g", "me", "BLOCK", "3000", "STREAMS", stream, ">"});
        };
    }

    List<Request> bring() {
        return switch (kind) {
            case 0 -> bringToList();
            case 1 -> bringToSortedSet();
            default ->
                List.of(
                        Request.command("XADD", key + "stream", "5-1", "field", "x".repeat(random.nextInt(3) * 50_000)),
                        Request.command("XADD", key + "stream", "5-2", "field", "v"));
        };
    }

    private List<Request> bringToList() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of(Request.command("LPUSH", key, "a", "b", "c"));
            case 1 -> List.of(Request.command("RPUSH", other + "2", "a"), Request.command("RENAME", other + "2", key));
            case 2 ->
                List.of(
                        Request.command("MULTI"),
                        Request.command("RPUSH", key, "a"),
                        Request.command("DEL", key),
                        Request.command("RPUSH", key, "b"),
                        Request.command("EXEC"));
            case 3 ->
                List.of(Request.command(
                        "EVAL", "redis.call('RPUSH', KEYS[1], 'a') return redis.call('LLEN', KEYS[1])", "1", key));
            case 4 ->
                List.of(
                        Request.command("SET", key, "no list"),
                        Request.command("DEL", key),
                        Request.command("RPUSH", key, "a"));
            default -> List.of(Request.command("RPUSH", key, "x".repeat(70_000), "b"), Request.command("LLEN", key));
        };
    }

    private List<Request> bringToSortedSet() {
        return switch (random.nextInt(3)) {
            case 0 -> List.of(Request.command("ZADD", key, "1", "a", "2", "b"));
            case 1 ->
                List.of(Request.command("ZADD", other + "2", "1", "a"), Request.command("COPY", other + "2", key));
            default ->
                List.of(
                        Request.command("MULTI"),
                        Request.command("ZADD", key, "3", "c"),
                        Request.command("ZADD", key, "1", "a"),
                        Request.command("EXEC"));
        };
    }

    /** What is left. */
    List<Request> after() {
        return List.of(
                Request.command("TYPE", key),
                Request.command("LRANGE", key, "0", "-1"),
                Request.command("LRANGE", other, "0", "-1"),
                Request.command("ZRANGE", key, "0", "-1"));
    }

    private Request any(String[]... commands) {
        return Request.command(commands[random.nextInt(commands.length)]);
    }
}
