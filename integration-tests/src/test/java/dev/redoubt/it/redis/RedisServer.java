package dev.redoubt.it.redis;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real Redis server for one test, at one loopback port through all its starts. It keeps its data through kill and stop: it
 * writes its append-only file before it answers, and only a crash of the machine would lose that. Confined to one thread.
 */
public final class RedisServer implements AutoCloseable {
    private static final List<String> DEFAULTS =
            List.of("--save", "", "--appendonly", "yes", "--appendfsync", "no", "--auto-aof-rewrite-percentage", "0");
    private static final int LOG_LINES = 40;

    private final int port = FreePort.next();
    private final RedisEngine engine;

    private RedisServer(RedisSource source, String... options) {
        List<String> all = new ArrayList<>(DEFAULTS);
        all.addAll(List.of(options));
        engine = source.factory().create(port, all);
    }

    /** A server that answers. The options are redis-server's own, such as {@code "--requirepass", "secret"}. */
    public static RedisServer started(String... options) {
        return startedFrom(RedisSource.found(), options);
    }

    /** A server that has its port, and is not there yet. */
    public static RedisServer absent(String... options) {
        return new RedisServer(RedisSource.found(), options);
    }

    static RedisServer startedFrom(RedisSource source, String... options) {
        RedisServer server = new RedisServer(source, options);
        try {
            server.start();
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
        return server;
    }

    public String host() {
        return engine.host();
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://" + host() + ":" + port;
    }

    /** Starts with the data of the last run, and returns when the server answers. */
    public void start() {
        engine.start();
        try {
            Patience.until("an answer of Redis", this::answersOrIsDead);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("Redis does not answer; the end of its log:\n" + logTail(), e);
        }
        if (!engine.isRunning()) {
            throw new IllegalStateException("Redis ended at its start; the end of its log:\n" + logTail());
        }
    }

    /** Starts without data. */
    public void startEmpty() {
        engine.clear();
        start();
    }

    /** A new process with the old one's data, after an orderly end. */
    public void restart() {
        stop();
        start();
    }

    /** SIGKILL: connections are reset, nothing is said goodbye to. Returns when the process is gone. */
    public void kill() {
        engine.kill();
    }

    /** An orderly end. Returns when the process is gone. */
    public void stop() {
        engine.stop();
    }

    /** The server answers nothing any more; connections to it stay, and can be opened. */
    public void pause() {
        engine.pause();
    }

    public void resume() {
        engine.resume();
    }

    public boolean isRunning() {
        return engine.isRunning();
    }

    public RawClient connect() {
        return RawClient.connect(host(), port);
    }

    /** As INFO says. The server must answer, and ask for no password. */
    public RedisVersion version() {
        return RedisVersion.parse(info("redis_version"));
    }

    /** One field of INFO. */
    public String info(String field) {
        try (RawClient client = connect()) {
            return ((String) client.call("INFO"))
                    .lines()
                    .filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The end of what the server has printed. */
    public String logTail() {
        List<String> lines = engine.log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Ends the server, whatever state it is in, and deletes its data. */
    @Override
    public void close() {
        engine.close();
    }

    private boolean answersOrIsDead() {
        if (!engine.isRunning()) {
            return true;
        }
        try (RawClient client = connect()) {
            Object reply = client.call("PING");
            return !(reply instanceof RedisError error && error.code().equals("LOADING"));
        } catch (RawClient.ConnectionLost notYet) {
            return false;
        }
    }
}
