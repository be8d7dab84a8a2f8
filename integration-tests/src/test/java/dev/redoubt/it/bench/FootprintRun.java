package dev.redoubt.it.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Measures {@link Footprint}s, each on processes of its own. Confined to the bench's thread. */
final class FootprintRun {
    private static final int STARTS = 7;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 10_000;
    // For everything else that this process and the proxy have open.
    private static final int SPARE_FILES = 500;
    private static final String KEY = "bench:footprint";

    private final Children children;
    private final Endpoint redis;
    private final PrintStream progress;
    private final String token = UUID.randomUUID().toString();

    FootprintRun(Children children, Endpoint redis, PrintStream progress) {
        this.children = children;
        this.redis = redis;
        this.progress = progress;
    }

    Footprint measure(Variant variant) throws IOException, InterruptedException {
        if (RedisWire.askOnce(redis.port(), "SET", KEY, token).isEmpty()) {
            throw new IOException("Redis is gone");
        }
        List<Double> pongs = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            Started started = start(variant);
            pongs.add(started.pongMillis());
            values.add(started.valueMillis());
            children.end(started.process());
        }
        progress.printf("%s: started %d times%n", variant.name(), STARTS);
        return atRest(variant.name(), pongs, values, start(variant));
    }

    private record Started(Process process, int port, double pongMillis, double valueMillis) {}

    // A value, too, because a PING needs no Redis: only the value shows that the upstream connection works.
    private Started start(Variant variant) throws IOException {
        int port = RedisWire.freePort();
        List<String> command = variant.command(port, "redis://127.0.0.1:" + redis.port(), RedisWire.freePort());
        long begin = System.nanoTime();
        Process process = children.start(variant.name() + "-footprint", command);
        double pong = awaitAnswer(process, port, begin, "+PONG", "PING");
        double value = awaitAnswer(process, port, begin, token, "GET", KEY);
        return new Started(process, port, pong, value);
    }

    private static double awaitAnswer(Process process, int port, long begin, String wanted, String... question)
            throws IOException {
        while (RedisWire.askOnce(port, question).filter(wanted::equals).isEmpty()) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                throw new IOException("no answer to " + question[0] + " after the start");
            }
            Rig.pause();
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private Footprint atRest(String name, List<Double> pongs, List<Double> values, Started started)
            throws IOException, InterruptedException {
        long rest = residentAfterRest(started);
        List<RedisWire> idle = new ArrayList<>();
        try {
            open(idle, started.port());
            long connected = residentAfterRest(started);
            for (RedisWire wire : idle) {
                wire.ask("GET", KEY);
            }
            long used = residentAfterRest(started);
            return new Footprint(name, pongs, values, rest, idle.size(), connected, used);
        } finally {
            for (RedisWire wire : idle) {
                wire.close();
            }
            children.end(started.process());
        }
    }

    private void open(List<RedisWire> idle, int port) throws IOException {
        long possible = Math.min(CONNECTIONS, Proc.openFilesLimit() - SPARE_FILES);
        if (possible < CONNECTIONS) {
            progress.println("the limit of open files allows only " + possible + " idle connections (ulimit -n)");
        }
        while (idle.size() < possible) {
            idle.add(new RedisWire(port));
        }
    }

    private static long residentAfterRest(Started started) throws IOException, InterruptedException {
        Thread.sleep(REST.toMillis());
        return Proc.residentBytes(started.process().pid());
    }
}
