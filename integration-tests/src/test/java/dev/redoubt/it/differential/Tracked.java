package dev.redoubt.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One client tracks keys that nobody else uses, and another one changes them. Who gets how many invalidations follows from the mode. Confined to one thread. */
final class Tracked {
    private enum Mode {
        ALL,
        NOLOOP,
        OPTIN,
        OPTOUT,
        BCAST
    }

    private final Random random;
    private final String key;
    private final Mode mode;

    Tracked(Random random, String key) {
        this.random = random;
        this.key = key + "tracked";
        this.mode = Mode.values()[random.nextInt(Mode.values().length)];
    }

    List<Request> writerBegins() {
        return List.of(Request.command("RESET"), Request.command("DEL", key, key + "2"));
    }

    /** From its HELLO to what it has read. */
    List<Request> begin() {
        List<Request> requests = new ArrayList<>(List.of(
                Request.command("RESET"),
                Request.command(List.of("HELLO", "3"), Comparison.GREETING),
                Request.command("CLIENT", "TRACKING", "ON", "PREFIX", "without", "BCAST", "OPTIN"),
                Request.command("CLIENT", "CACHING", "YES")));
        requests.add(
                switch (mode) {
                    case ALL -> Request.command("CLIENT", "TRACKING", "ON");
                    case NOLOOP -> Request.command("client", "tracking", "on", "noloop");
                    case OPTIN -> Request.command("CLIENT", "TRACKING", "ON", "OPTIN");
                    case OPTOUT -> Request.command("CLIENT", "TRACKING", "ON", "OPTOUT");
                    case BCAST -> Request.command("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", key);
                });
        if (random.nextBoolean()) {
            requests.add(Request.command("CLIENT", "TRACKING", "ON", mode == Mode.BCAST ? "OPTIN" : "BCAST"));
        }
        requests.add(Request.command("CLIENT", "TRACKINGINFO"));
        requests.add(Request.command("CLIENT", "GETREDIR"));
        requests.addAll(read());
        return requests;
    }

    private List<Request> read() {
        List<Request> requests = new ArrayList<>();
        if (mode == Mode.OPTIN) {
            requests.add(Request.command("CLIENT", "CACHING", "YES"));
        }
        requests.add(
                switch (random.nextInt(3)) {
                    case 0 -> Request.command("GET", key);
                    case 1 -> Request.command("EVAL_RO", "return redis.call('GET', KEYS[1])", "1", key);
                    default -> Request.command("MGET", key, key);
                });
        if (mode == Mode.OPTOUT) {
            requests.add(Request.command("CLIENT", "CACHING", "NO"));
            requests.add(Request.command("GET", key + "2"));
        }
        return requests;
    }

    List<Request> change() {
        return List.of(
                switch (random.nextInt(3)) {
                    case 0 -> Request.command("SET", key, "changed");
                    case 1 -> Request.command("INCR", key);
                    default -> Request.command("EVAL", "redis.call('SET', KEYS[1], 'y') return 1", "1", key);
                });
    }

    /** One invalidation has come, in every mode. */
    List<Request> arrival() {
        return List.of(Request.arrivals(1));
    }

    /** Its own writes come back to it, behind their replies, unless it does not want them; broadcasts behind all that was sent with them. */
    List<Request> ownChange() {
        Request own = random.nextBoolean() ? Request.command("SET", key, "own") : Request.command("APPEND", key, "own");
        List<Request> requests = new ArrayList<>(read());
        if (mode != Mode.BCAST) {
            requests.add(mode == Mode.NOLOOP ? own : own.answeredBy(2));
        }
        requests.addAll(List.of(
                Request.command("WATCH", key),
                Request.command("MULTI"),
                Request.command("STRLEN", key),
                Request.command("EXEC"),
                Request.command("LPUSH", "list" + key, "a"),
                Request.command("BLPOP", "list" + key, "1")));
        if (mode == Mode.BCAST) {
            requests.add(own.answeredBy(2));
        }
        return requests;
    }

    List<Request> end() {
        return List.of(
                Request.command("CLIENT", "TRACKING", "OFF"),
                Request.command("GET", key),
                Request.command("CLIENT", "TRACKINGINFO"),
                Request.command("CLIENT", "GETREDIR"));
    }
}
