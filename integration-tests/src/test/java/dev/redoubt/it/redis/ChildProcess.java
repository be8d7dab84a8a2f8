package dev.redoubt.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends with the test at the latest: signals, output, end. Thread-safe. */
final class ChildProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Path output;
    private final Thread endWithThisJvm;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.endWithThisJvm = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    }

    /** Starts the command; what it prints is appended to the file. */
    static ChildProcess start(ProcessBuilder command, Path output) {
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        try {
            return new ChildProcess(command.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time so far. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** SIGKILL, and the end of the process. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(PATIENCE);
    }

    /** SIGTERM, and the end of the process: its exit status. A process that does not end is killed, and that is an error. */
    int terminate() {
        process.destroy();
        return awaitEnd(PATIENCE);
    }

    /** Sends STOP, CONT or another signal that Java has no method for. */
    void signal(String name) {
        try {
            // The shell's own kill: there may be no program of that name.
            Process kill = new ProcessBuilder(List.of("sh", "-c", "kill -" + name + " " + pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("cannot send SIG" + name + " to process " + pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for the end of the process: its exit status. */
    int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(
                        "process " + pid() + " did not end within " + limit + "; output:\n" + output());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        forget();
        return process.exitValue();
    }

    String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running already, and finds the process ended.
        }
    }

    private IllegalStateException interrupted(InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for process " + pid(), e);
    }
}
