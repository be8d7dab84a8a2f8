package dev.redoubt.it.bench;

import dev.redoubt.it.bench.Sample.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The loads that redis-benchmark cannot make: transactions, scripts by their hash, waking a client that waits, messages to many. They come from
 * the bench's own JVM; {@link #cost} says what that takes. Confined to the bench's thread.
 */
final class SessionLoad implements LoadSource {
    private static final String VALUE = "xxx";
    private static final String SCRIPT = "return redis.call('GET', KEYS[1])";
    private static final int KEYS = 1_000;

    private long cpuNanos;
    private long commands;

    /** CPU microseconds a command of this JVM so far, for the report. */
    double cost() {
        return commands == 0 ? 0 : cpuNanos / 1_000.0 / commands;
    }

    @Override
    public Load run(BenchCase benchCase, int port) throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        CpuReading before = Proc.cpu(self);
        Load load = load(benchCase, port);
        cpuNanos += Proc.cpu(self).nanosSince(before);
        commands += benchCase.commands();
        return load;
    }

    private static Load load(BenchCase benchCase, int port) throws IOException {
        long[] nanos = new long[benchCase.commands() / benchCase.pipeline()];
        long start = System.nanoTime();
        switch (benchCase.test()) {
            case "multi" -> fixed(port, benchCase, nanos, SessionLoad::transaction, transactionReply());
            case "evalsha" -> {
                String sha = prepareScript(port);
                start = System.nanoTime();
                fixed(port, benchCase, nanos, client -> command("EVALSHA", sha, "1", key(client)), bulk(VALUE));
            }
            case "publish" -> {
                try (Fanout fanout = new Fanout(port, benchCase.clients())) {
                    start = System.nanoTime();
                    fanout.measure(nanos, benchCase.pipeline());
                }
            }
            case "blpop" -> new WakeUps(port, benchCase.clients()).measure(nanos);
            default -> throw new IllegalArgumentException("no load " + benchCase.test());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        double[] millis = Arrays.stream(nanos).mapToDouble(n -> n / 1e6).toArray();
        return new Load(benchCase.commands() / seconds, Stats.quantile(0.5, millis), Stats.quantile(0.99, millis));
    }

    private interface Request {
        String of(int client);
    }

    private static void fixed(int port, BenchCase benchCase, long[] nanos, Request request, String reply)
            throws IOException {
        byte[][] requests = new byte[benchCase.clients()][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request.of(i).repeat(benchCase.pipeline()).getBytes(StandardCharsets.US_ASCII);
        }
        try (FixedLoad load = new FixedLoad(port, requests, reply.length() * benchCase.pipeline())) {
            load.measure(nanos);
        }
    }

    private static String transaction(int client) {
        return command("MULTI") + command("SET", key(client), VALUE) + command("GET", key(client)) + command("EXEC");
    }

    private static String transactionReply() {
        return "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n" + bulk(VALUE);
    }

    private static String prepareScript(int port) throws IOException {
        try (RedisWire wire = new RedisWire(port)) {
            for (int i = 0; i < KEYS; i++) {
                wire.ask("SET", key(i), VALUE);
            }
            return wire.ask("SCRIPT", "LOAD", SCRIPT);
        }
    }

    private static String key(int client) {
        return "session:" + client % KEYS;
    }

    private static String bulk(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    /** A command on the wire. ASCII. */
    static String command(String... words) {
        StringBuilder frame = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            frame.append(bulk(word));
        }
        return frame.toString();
    }
}
