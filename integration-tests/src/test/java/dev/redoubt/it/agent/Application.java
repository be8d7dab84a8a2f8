package dev.redoubt.it.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM with the application in it, which stops where it is to be looked at. Confined to one thread. */
final class Application implements AutoCloseable {
    private static final int LONGEST_SECONDS = 120;
    private static final Pattern PAUSE = Pattern.compile("#(\\w+) threads=(\\d+) descriptors=(-?\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();

    /** What the JVM uses at a pause. Descriptors are -1 where the system does not tell. */
    record Facts(int threads, long descriptors) {}

    /**
     * How it ended.
     *
     * @param lines what the application has observed
     * @param errors all that was on standard error
     */
    record Outcome(int status, List<String> lines, String errors) {

        /** What the JVM itself warns of. */
        List<String> warnings() {
            return errors.lines()
                    .filter(line ->
                            line.startsWith("WARNING:") || line.contains("[warning]") || line.contains("VM warning:"))
                    .toList();
        }
    }

    private Application(Process process, Path errors) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
        Executor later = CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS);
        later.execute(process::destroyForcibly);
    }

    /** In an environment without settings of Redis or Redoubt. */
    static Application start(List<String> command, Path directory) {
        try {
            Path errors = Files.createTempFile(Files.createDirectories(directory), "application", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().keySet().removeIf(Application::isSetting);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Application(process, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSetting(String name) {
        return name.startsWith("REDIS_") || name.startsWith("REDOUBT_") || name.endsWith("JAVA_OPTIONS");
    }

    /** Returns when the application has come so far. */
    Facts awaitPause(String name) {
        for (String line = readLine(); line != null; line = readLine()) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.matches() && pause.group(1).equals(name)) {
                return new Facts(Integer.parseInt(pause.group(2)), Long.parseLong(pause.group(3)));
            }
            lines.add(line);
        }
        throw new IllegalStateException("the application ended before its pause \"" + name + "\": " + end());
    }

    void goOn() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the application is gone", e);
        }
    }

    /** Waits for its end. */
    Outcome end() {
        for (String line = readLine(); line != null; line = readLine()) {
            lines.add(line);
        }
        try {
            return new Outcome(process.waitFor(), List.copyOf(lines), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
