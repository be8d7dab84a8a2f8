package dev.redoubt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes that the bench started, each with its output in a file of the working directory. They end with the
 * bench, also on Ctrl-C; no other process is ever signalled. Thread-safe: the shutdown hook closes it.
 */
final class Children implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Path directory;
    private final List<Process> living = new ArrayList<>();
    private boolean closed;

    Children(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Thread owner = Thread.currentThread();
        Thread hook = new Thread(() -> endAtShutdown(owner), "end-children");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            throw new IOException("the bench is ending", shuttingDown);
        }
    }

    /** Where the children's output and the files made for them are. */
    Path directory() {
        return directory;
    }

    /** Starts a process whose standard output and error go to {@code name.log}. */
    synchronized Process start(String name, List<String> command) throws IOException {
        if (closed) {
            throw new IOException("the bench is ending");
        }
        Process process = builder(name, command).start();
        living.add(process);
        return process;
    }

    /**
     * Runs a process to its end.
     *
     * @return what it printed
     * @throws IOException if it fails or takes longer than {@code limit}; it is ended then
     */
    String run(String name, List<String> command, Duration limit) throws IOException, InterruptedException {
        Process process = start(name, command);
        boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        end(process);
        String output = Files.readString(log(name));
        if (!inTime || process.exitValue() != 0) {
            String reason = inTime ? "exit status " + process.exitValue() : "still running after " + limit;
            throw new IOException(command.get(0) + ": " + reason + " " + lastLine(output));
        }
        return output;
    }

    /** Asks a child to end, and makes it end where that does not help. */
    void end(Process process) {
        process.destroy();
        awaitEnd(process);
        synchronized (this) {
            living.remove(process);
        }
    }

    @Override
    public void close() {
        List<Process> remaining;
        synchronized (this) {
            closed = true;
            remaining = List.copyOf(living);
        }
        remaining.forEach(Process::destroy);
        remaining.forEach(this::end);
    }

    Path log(String name) {
        return directory.resolve(name + ".log");
    }

    // The owner must stop first: it would take the end of its processes for a finding.
    private void endAtShutdown(Thread owner) {
        owner.interrupt();
        close();
    }

    private ProcessBuilder builder(String name, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        // Settings for an application on this machine must not become settings of what is measured.
        builder.environment().keySet().removeIf(key -> key.startsWith("REDOUBT_") || key.startsWith("REDIS_"));
        return builder;
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLine(String output) {
        String stripped = output.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }
}
