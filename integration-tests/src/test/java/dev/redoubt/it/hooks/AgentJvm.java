package dev.redoubt.it.hooks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.agent.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program in a JVM of its own, with the agent that this build has made. Confined to one thread. */
final class AgentJvm {
    private static final int LONGEST_RUN_SECONDS = 60;

    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();

    /** What it left. */
    record Ended(int status, String out, String err) {
        /** The agent's own lines. */
        List<String> agentLines() {
            return err.lines().filter(line -> line.startsWith("redoubt-agent:")).toList();
        }

        boolean saidOnce(String part) {
            return agentLines().stream().filter(line -> line.contains(part)).count() == 1;
        }
    }

    private AgentJvm(Path directory) {
        this.directory = directory;
    }

    /** A JVM with nothing on its class path. */
    static AgentJvm in(Path directory) {
        return new AgentJvm(directory);
    }

    static Path jar() {
        return Place.agent();
    }

    AgentJvm agent(String arguments) {
        options.add("-javaagent:" + jar() + (arguments.isEmpty() ? "" : "=" + arguments));
        return this;
    }

    AgentJvm options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** This test's own class path, client libraries and all. */
    AgentJvm withLibraries() {
        classPath.add(System.getProperty("java.class.path"));
        return this;
    }

    AgentJvm classPath(Path more) {
        classPath.add(more.toString());
        return this;
    }

    Ended run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        return run(main.getName(), arguments);
    }

    Ended run(String main, Object... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // it ends before the second compiler would be of use
        command.addAll(options);
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        }
        command.add(main);
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
            assertTrue(hasEnded, () -> "still running: " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
