package dev.redoubt.it.redis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A redis-server program of this machine, as a child process. */
final class NativeRedis implements RedisEngine {
    private final TemporaryDirectory directory = new TemporaryDirectory("redoubt-redis");
    private final List<String> command = new ArrayList<>();
    private ChildProcess process;

    NativeRedis(Path program, int port, List<String> options) {
        command.addAll(List.of(program.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.emptied("data").toString()));
        command.addAll(options);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public void start() {
        process = ChildProcess.start(new ProcessBuilder(command), directory.resolve("log"));
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.signal("CONT");
        process.terminate();
    }

    @Override
    public void pause() {
        process.signal("STOP");
    }

    @Override
    public void resume() {
        process.signal("CONT");
    }

    @Override
    public void clear() {
        directory.emptied("data");
    }

    @Override
    public String log() {
        return process == null ? "" : process.output();
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
        directory.delete();
    }
}
