package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A small npm project in a directory of its own, for clients that are not Java's. */
final class NodeProject {
    private static final int INSTALL_SECONDS = 120;
    private static final int RUN_SECONDS = 60;

    private final Path directory;

    private NodeProject(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where there is no Node.js, or no registry to install from. */
    static NodeProject with(Path directory, String... dependencies) {
        NodeProject project = new NodeProject(directory);
        assumeTrue(project.succeeds(RUN_SECONDS, "node", "--version"), "no Node.js on the PATH");
        assumeTrue(project.succeeds(RUN_SECONDS, "npm", "--version"), "no npm on the PATH");
        List<String> install = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", "."));
        install.addAll(List.of(dependencies));
        boolean installed = project.succeeds(INSTALL_SECONDS, install.toArray(String[]::new));
        assumeTrue(installed, "npm cannot install " + List.of(dependencies));
        return project;
    }

    /** Runs a script that lies beside this class, to its end; what it printed. */
    List<String> run(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", copy(script).toString()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        boolean ended = succeeds(RUN_SECONDS, output, command);
        List<String> lines = lines(output);
        assertTrue(ended, () -> script + " failed: " + lines);
        return lines;
    }

    private Path copy(String script) {
        try (InputStream source = Objects.requireNonNull(NodeProject.class.getResourceAsStream(script))) {
            Path target = directory.resolve(script);
            Files.copy(source, target);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean succeeds(int seconds, String... command) {
        return succeeds(seconds, directory.resolve("log"), List.of(command));
    }

    private boolean succeeds(int seconds, Path output, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            return ended && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
