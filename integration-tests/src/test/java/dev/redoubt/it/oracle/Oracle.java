package dev.redoubt.it.oracle;

import dev.redoubt.it.bench.MarkedSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs Redis's own test suite against a proxy before a Redis, and compares with what passes directly. */
public final class Oracle {
    private static final int CANNOT = 77;
    private static final String VERSION = "7.0.15";

    private final Options options;
    private final Path project;
    private final Path out;

    private Oracle(Options options, Path project) {
        this.options = options;
        this.project = project;
        this.out = project.resolve("target/oracle");
    }

    /** @param arguments see {@link Options#USAGE} */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException {
        if (Stream.of(arguments).anyMatch("--help"::equals)) {
            System.out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("oracle: " + wrong.getMessage() + "\n\n" + Options.USAGE);
            return 2;
        }
        return new Oracle(options, project()).run();
    }

    private int run() throws IOException {
        Optional<Path> tclsh = Workplace.program("tclsh8.6").or(() -> Workplace.program("tclsh"));
        if (tclsh.isEmpty() || Workplace.program("redis-cli").isEmpty()) {
            System.err.println("oracle: tclsh and redis-cli are needed (Debian: tcl, redis-tools)");
            return CANNOT;
        }
        Files.createDirectories(out);
        Files.deleteIfExists(out.resolve("proxy.log"));
        Files.deleteIfExists(out.resolve("suite.log"));
        Workplace place = Workplace.in(out.resolve("work"), options.source());
        List<Outcome> outcomes = new ArrayList<>();
        try (Rig rig = new Rig(options.direct(), out.resolve("proxy.log"))) {
            if (!rig.redisVersion().equals(VERSION)) {
                System.err.println("oracle: the tests are those of Redis " + VERSION + ", and the Redis here is "
                        + rig.redisVersion());
                return CANNOT;
            }
            UnitRun run = new UnitRun(
                    tclsh.get(), place, rig, Limits.USUAL, exceptions().leftOut(), out.resolve("suite.log"));
            for (String unit : options.units()) {
                outcomes.addAll(told(run, unit));
                keep(outcomes);
            }
        }
        return conclude(outcomes);
    }

    private static List<Outcome> told(UnitRun run, String unit) throws IOException {
        long start = System.nanoTime();
        List<Outcome> outcomes = run.run(unit);
        System.err.printf(
                "%-24s %4d passed, %d not, %d s%n",
                unit, count(outcomes, true), count(outcomes, false), (System.nanoTime() - start) / 1_000_000_000);
        return outcomes;
    }

    private static long count(List<Outcome> outcomes, boolean passed) {
        return outcomes.stream()
                .filter(outcome -> (outcome.status() == Status.OK) == passed)
                .count();
    }

    /** After each unit, for those who look on. */
    private void keep(List<Outcome> outcomes) throws IOException {
        Files.writeString(
                out.resolve("results.tsv"),
                outcomes.stream().map(Outcome::tabbed).collect(Collectors.joining("\n", "", "\n")));
    }

    private int conclude(List<Outcome> outcomes) throws IOException {
        if (options.direct() && options.record()) {
            recordBaseline(outcomes);
            return 0;
        }
        Comparison comparison = Comparison.of(options.units(), TestList.load(TestList.BASELINE), outcomes);
        Report report = new Report(comparison, exceptions());
        Files.writeString(out.resolve("not-passing.txt"), Report.lines(comparison.notPassing()));
        System.out.print("\n" + report.table() + "\n" + Report.lines(report.unexpected()));
        report.needless().forEach(test -> System.out.println("passes, though it is in exceptions.txt: " + test));
        System.out.println(report.summary());
        if (options.record() && !options.direct()) {
            recordResults(report);
        }
        return report.unexpected().isEmpty() ? 0 : 1;
    }

    private TestList exceptions() {
        return options.direct() ? TestList.parse("") : TestList.load(TestList.EXCEPTIONS);
    }

    private void recordBaseline(List<Outcome> outcomes) throws IOException {
        List<TestName> passed = outcomes.stream()
                .filter(outcome -> outcome.status() == Status.OK)
                .map(Outcome::test)
                .toList();
        Path file = project.resolve("integration-tests/src/test/resources/dev/redoubt/it/oracle/" + TestList.BASELINE);
        Files.writeString(
                file,
                "# The tests of Redis " + VERSION + " that pass on a Redis that is asked directly. Made by\n"
                        + "# ./dev oracle --direct --record.\n\n" + TestList.text(passed));
        System.err.println("written to " + project.relativize(file));
    }

    private void recordResults(Report report) throws IOException {
        Path page = project.resolve(CompatibilityPage.PAGE);
        String markdown = "Commit " + commit() + ", " + LocalDate.now(ZoneOffset.UTC) + ", " + origin() + ":\n\n"
                + report.markdown();
        Files.writeString(page, new MarkedSection("oracle").replaceIn(Files.readString(page), markdown));
        System.err.println("written to " + CompatibilityPage.PAGE);
    }

    private String origin() throws IOException {
        Path origin = options.source().resolve(".origin");
        return Files.exists(origin) ? Files.readString(origin).strip() : "tests of Redis " + VERSION;
    }

    private String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .directory(project.toFile())
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
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
