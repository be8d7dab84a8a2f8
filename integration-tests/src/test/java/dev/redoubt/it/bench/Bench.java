package dev.redoubt.it.bench;

import dev.redoubt.it.bench.BenchOptions.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Measures Redoubt beside Redis itself, HAProxy and twemproxy, and prints the tables of docs/benchmarks.md, which says
 * how to read them. Exit status: 0 measured, 1 something needed failed, 2 wrong options.
 */
public final class Bench {
    private static final String JAR = "proxy/target/redoubt.jar";
    private static final String PAGE = "docs/benchmarks.md";

    private Bench() {}

    /** Runs from anywhere inside the project. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (Stream.of(arguments).anyMatch("--help"::equals)) {
            System.out.print(OptionParser.USAGE);
            return 0;
        }
        try {
            Path project = project();
            measure(project, new OptionParser(project.resolve(JAR)).parse(arguments));
            return 0;
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage() + "\n\n" + OptionParser.USAGE);
            return 2;
        } catch (IOException failure) {
            System.err.println("bench: " + failure.getMessage());
            return 1;
        } catch (InterruptedException ending) {
            return 1;
        }
    }

    private static void measure(Path project, BenchOptions options) throws IOException, InterruptedException {
        Path directory = project.resolve("target/bench");
        try (Children children = new Children(directory)) {
            Tools tools = new Tools(children);
            Machine machine = Machine.of(project, tools);
            BenchRun run = new BenchRun(options, children, tools, System.err);
            if (options.does(Part.LOAD)) {
                publish(project, options, "load", machine, run.load(Part.LOAD));
            }
            if (options.does(Part.SESSIONS)) {
                publish(project, options, "sessions", machine, run.load(Part.SESSIONS));
            }
            if (options.does(Part.PUBSUB)) {
                publish(project, options, "pubsub", machine, run.load(Part.PUBSUB));
            }
            if (options.does(Part.TLS)) {
                publish(project, options, "tls", machine, new TlsRun(options, directory, tools, System.err).run());
            }
            if (options.does(Part.FAIRNESS)) {
                FairnessRun fairness = new FairnessRun(options, children, tools, System.err);
                publish(project, options, "fairness", machine, fairness.run());
            }
            if (options.does(Part.FALLBACK)) {
                FallbackRun fallback = new FallbackRun(options, directory, tools, System.err);
                publish(project, options, "fallback", machine, fallback.run());
            }
            if (options.does(Part.FOOTPRINT)) {
                publish(project, options, "footprint", machine, run.footprint());
            }
            if (options.does(Part.AGENT)) {
                AgentRun agent =
                        new AgentRun(project.resolve(AgentRun.JAR), children, tools, options.rounds(), System.err);
                publish(
                        project,
                        options,
                        "agent",
                        machine,
                        agent.run(options.variants().get(0)));
            }
            if (options.does(Part.PROFILE)) {
                run.profile().forEach(file -> System.out.println("profile: " + project.relativize(file)));
            }
        }
    }

    private static void publish(
            Path project, BenchOptions options, String section, Machine machine, BenchRun.Report report)
            throws IOException {
        String markdown = Markdown.bullets(machine.lines()) + "\n\n" + report.markdown();
        System.out.println(markdown + "\n");
        if (!options.write()) {
            return;
        }
        if (!report.isComplete()) {
            throw new IOException("not written to " + PAGE + ": the run is not complete");
        }
        Path page = project.resolve(PAGE);
        Files.writeString(page, new MarkedSection("bench-" + section).replaceIn(Files.readString(page), markdown));
        System.err.println("written to " + PAGE);
    }

    private static Path project() throws IOException {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path.resolve("proxy/pom.xml"))) {
                return path;
            }
        }
        throw new IOException("run it from inside the project");
    }
}
