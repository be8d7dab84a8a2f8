package dev.redoubt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Samples a JVM with Linux's perf where it is installed and allowed. Unlike JFR it sees the kernel, where a proxy
 * spends most of its time, and it samples by CPU time, so that a machine without an idle core does not distort it.
 */
final class Perf {
    private static final Duration SAMPLING = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LINES = 45;

    private final Children children;
    private final String program;

    private Perf(Children children, String program) {
        this.children = children;
        this.program = program;
    }

    static Optional<Perf> find(Children children, Tools tools) {
        return tools.find("perf").map(program -> new Perf(children, program));
    }

    /** Samples for the next eight seconds; {@link #text} waits for their end. */
    Process start(long pid, Path samples) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "record", "-q", "-e", "cpu-clock", "-F", "499"));
        command.addAll(List.of("-p", "" + pid, "-o", samples.toString()));
        command.addAll(List.of("--", "sleep", "" + SAMPLING.toSeconds()));
        return children.start("perf", command);
    }

    /**
     * Shares by library and by function, the kernel's and compiled Java included.
     *
     * @param jcmd of the sampled JVM's Java
     */
    String text(Process recording, long pid, Path samples, Path jcmd) throws InterruptedException {
        Path symbols = Path.of(System.getProperty("java.io.tmpdir"), "perf-" + pid + ".map");
        try {
            recording.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            children.end(recording);
            children.run("jcmd", List.of(jcmd.toString(), "" + pid, "Compiler.perfmap"), LIMIT);
            return "BY CPU TIME (perf)\n\n" + report("by thread and library", samples, "comm,dso", line -> true)
                    + report("functions", samples, "dso,symbol", line -> true)
                    + report("functions outside the kernel", samples, "dso,symbol", line -> !line.contains("[k]"));
        } catch (IOException failure) {
            return "perf gave nothing: " + failure.getMessage() + "\n\n";
        } finally {
            delete(symbols);
        }
    }

    private String report(String title, Path samples, String sort, Predicate<String> wanted)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "report", "-i", samples.toString()));
        command.addAll(List.of("--stdio", "--no-children", "--sort", sort));
        String lines = children.run("perf-report", command, LIMIT)
                .lines()
                .filter(line -> line.contains("%") && !line.startsWith("#"))
                .filter(wanted)
                .map(line -> line.replaceAll("[\\s-]+$", ""))
                .limit(LINES)
                .collect(Collectors.joining("\n"));
        return title + "\n" + lines + "\n\n";
    }

    // The JVM writes the names of its compiled methods where perf looks for them; nobody else cleans that up.
    private static void delete(Path symbols) {
        try {
            Files.deleteIfExists(symbols);
        } catch (IOException leftBehind) {
            System.err.println("could not delete " + symbols.getFileName());
        }
    }
}
