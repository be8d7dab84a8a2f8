package dev.redoubt.it.differential;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis that is asked directly, and another one, the same, behind a proxy. Thread-safe but for its start and end. */
final class Rig implements AutoCloseable {
    private static final String[] OPTIONS = {
        "--appendonly", "no", "--enable-debug-command", "yes", "--slowlog-log-slower-than", "-1"
    };
    private static final String[][] DUMPED = {
        {"SET", "k", "a string"},
        {"SET", "k", "12345"},
        {"RPUSH", "k", "a", "b", "1"},
        {"ZADD", "k", "1", "a", "2.5", "b"},
        {"HSET", "k", "f", "v", "a", "1"},
        {"SADD", "k", "1", "2", "300000"},
        {"XADD", "k", "1-1", "f", "v"}
    };

    private final RedisServer direct;
    private final RedisServer behind;
    private final ProxyProcess proxy;
    private final List<String> dumps = new ArrayList<>();

    Rig() {
        direct = RedisServer.started(OPTIONS);
        behind = RedisServer.started(OPTIONS);
        // Else a script is found that Redis lacks: one that stood in a transaction that was discarded, say.
        proxy = ProxyProcess.setup()
                .upstream(behind)
                .options("--scripts-max-count", "0")
                .start();
        dump();
    }

    private void dump() {
        try (RawClient client = direct.connect()) {
            for (String[] command : DUMPED) {
                client.call("DEL", "k");
                client.call(command);
                client.send("DUMP", "k");
                String frame = new String(client.readRaw(), StandardCharsets.ISO_8859_1);
                dumps.add(frame.substring(frame.indexOf('\n') + 1, frame.length() - 2));
            }
        }
    }

    /** What DUMP gives for a value of each type; a character is a byte. */
    List<String> dumps() {
        return dumps;
    }

    /** Empties both; the one behind the proxy through the proxy, which is to know that scripts are gone. */
    void clear() {
        try (RawClient toRedis = direct.connect();
                RawClient toProxy = proxy.connect()) {
            for (RawClient client : List.of(toRedis, toProxy)) {
                client.call("FLUSHALL");
                client.call("SCRIPT", "FLUSH");
                client.call("FUNCTION", "FLUSH");
                client.call("CONFIG", "RESETSTAT");
            }
        }
    }

    /** Makes the proxy open new connections for its leases. */
    void endLeases() {
        try (Watcher watcher = watchBehindProxy()) {
            watcher.killLeases();
        }
    }

    Pair connect(Duration patience) {
        return new Pair(
                new Connection(direct.host(), direct.port()), new Connection(proxy.host(), proxy.port()), patience);
    }

    Watcher watchRedis() {
        return new Watcher(direct.connect());
    }

    Watcher watchBehindProxy() {
        return new Watcher(behind.connect());
    }

    /** Fails if the two hold different data. */
    void compareData() {
        try (RawClient toRedis = direct.connect();
                RawClient toBehind = behind.connect()) {
            Object expected = toRedis.call("DEBUG", "DIGEST");
            Object actual = toBehind.call("DEBUG", "DIGEST");
            if (!expected.equals(actual)) {
                throw new Difference("all replies were the same, but the data are not: DEBUG DIGEST gives " + expected
                        + " and " + actual + whatDiffers(toRedis, toBehind));
            }
        }
    }

    /** Fails if a connection of the proxy's keeps something of a client that has left. */
    void checkConnections(Duration patience) {
        try (Watcher watcher = watchBehindProxy()) {
            long end = System.nanoTime() + patience.toNanos();
            List<String> spoilt = watcher.spoiltConnections();
            while (!spoilt.isEmpty() && System.nanoTime() < end) {
                spoilt = watcher.spoiltConnections();
            }
            if (!spoilt.isEmpty()) {
                throw new Difference(
                        "all replies were the same, but these connections are not as they were: " + spoilt);
            }
        }
    }

    private static String whatDiffers(RawClient toRedis, RawClient toBehind) {
        StringBuilder out = new StringBuilder();
        for (int database = 0; database < 16; database++) {
            toRedis.call("SELECT", "" + database);
            toBehind.call("SELECT", "" + database);
            List<Object> keys = new ArrayList<>((List<?>) toRedis.call("KEYS", "*"));
            ((List<?>) toBehind.call("KEYS", "*"))
                    .stream().filter(key -> !keys.contains(key)).forEach(keys::add);
            for (Object key : keys) {
                Object expected = toRedis.call("DEBUG", "DIGEST-VALUE", (String) key);
                if (!expected.equals(toBehind.call("DEBUG", "DIGEST-VALUE", (String) key))) {
                    out.append("\n    database ")
                            .append(database)
                            .append(", key ")
                            .append(key);
                }
            }
        }
        return out.toString();
    }

    /** Buffers that the proxy has leaked make this fail. */
    @Override
    public void close() {
        try {
            proxy.close();
        } finally {
            behind.close();
            direct.close();
        }
    }
}
