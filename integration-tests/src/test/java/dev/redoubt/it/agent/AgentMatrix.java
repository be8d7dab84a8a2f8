package dev.redoubt.it.agent;

import dev.redoubt.it.agent.Scenarios.Scenario;
import dev.redoubt.it.bench.MarkedSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every version of every client library, on every Java that is here, without the agent and with it in each mode. {@code ./dev agent-matrix}
 * runs this. Exit status: 0 all is the same, 1 something is not, 2 wrong arguments.
 */
public final class AgentMatrix {
    static final String USAGE = """
            usage: ./dev agent-matrix [options] [NAME ...]

              NAME            only versions whose name contains it, such as jedis-2 or lettuce
              --java N        only on that Java
              --jobs N        so many cells at once (1)
              --without       only without the agent: whether the applications themselves run
            Without a name the table goes into docs/agent-compatibility.md.
            """;
    private static final String PAGE = "docs/agent-compatibility.md";

    private final MatrixOptions options;
    private final Path directory = Place.project().resolve("target/agent-matrix");
    private final List<String> skipped = new ArrayList<>();
    private volatile String redis = "unknown";
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

    private AgentMatrix(MatrixOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Stream.of(arguments).anyMatch("--help"::equals)) {
            System.out.print(USAGE);
            return;
        }
        MatrixOptions options;
        try {
            options = MatrixOptions.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("agent-matrix: " + wrong.getMessage() + "\n\n" + USAGE);
            System.exit(2);
            return;
        }
        System.exit(new AgentMatrix(options).run() ? 0 : 1);
    }

    /** A version and a Java that it runs on. */
    private record Pending(Scenario scenario, Jdk jdk) {}

    private boolean run() throws IOException, InterruptedException {
        List<Jdk> jdks = jdks();
        List<CellResult> results = measure(cells(jdks));
        broken.forEach(skipped::add);
        skipped.forEach(line -> System.out.println("SKIPPED " + line));
        MatrixPage page = new MatrixPage(results, skipped);
        String markdown = page.markdown(head(jdks));
        System.out.println("\n" + markdown);
        if (options.isWhole()) {
            Path file = Place.project().resolve(PAGE);
            Files.writeString(file, new MarkedSection("agent-matrix").replaceIn(Files.readString(file), markdown));
            System.err.println("written to " + PAGE);
        }
        return broken.isEmpty() && !results.isEmpty() && results.stream().allMatch(CellResult::passed);
    }

    private List<String> head(List<Jdk> jdks) throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
                .directory(Place.project().toFile())
                .start();
        String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        List<String> head = new ArrayList<>();
        head.add("date " + LocalDate.now(ZoneOffset.UTC) + ", commit " + commit);
        head.add("Redis " + redis);
        jdks.forEach(jdk -> head.add("Java " + jdk.version()));
        return head;
    }

    private List<Jdk> jdks() {
        List<Jdk> found = new ArrayList<>();
        for (Jdk.Wanted wanted : Jdk.Wanted.values()) {
            if (!options.takesJava(wanted.feature)) {
                skipped.add("Java " + wanted.feature + ": not asked for");
            } else {
                Optional<Jdk> jdk = wanted.find();
                jdk.ifPresent(found::add);
                if (jdk.isEmpty()) {
                    skipped.add("Java " + wanted.feature + ": " + wanted.whyMissing());
                }
            }
        }
        return found;
    }

    private Queue<Pending> cells(List<Jdk> jdks) {
        List<ClientVersion> versions =
                ClientVersion.all().stream().filter(options::takes).toList();
        ClassPaths classPaths = new ClassPaths(directory.resolve("libraries"));
        Map<String, List<Path>> jars = classPaths.of(versions);
        Scenarios scenarios = new Scenarios(directory.resolve("classes"));
        Queue<Pending> cells = new ConcurrentLinkedQueue<>();
        for (ClientVersion version : versions) {
            if (!jars.containsKey(version.name())) {
                skipped.add(version.name() + ": Maven could not get it, see "
                        + Place.project().relativize(classPaths.log()));
                continue;
            }
            Scenario scenario = scenarios.compile(version, jars.get(version.name()));
            jdks.stream()
                    .filter(jdk -> jdk.feature() >= version.java())
                    .forEach(jdk -> cells.add(new Pending(scenario, jdk)));
        }
        return cells;
    }

    private List<CellResult> measure(Queue<Pending> cells) throws InterruptedException {
        List<CellResult> results = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(options.jobs());
        try {
            List<Callable<List<CellResult>>> work = new ArrayList<>();
            for (int i = 0; i < options.jobs(); i++) {
                work.add(() -> measureSome(cells));
            }
            for (Future<List<CellResult>> some : workers.invokeAll(work)) {
                results.addAll(some.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return results;
    }

    private List<CellResult> measureSome(Queue<Pending> cells) {
        List<CellResult> results = new ArrayList<>();
        Set<Run> runs = options.withAgent() ? Run.WITH_AGENT : EnumSet.of(Run.AGAIN);
        try (Stage stage = new Stage(directory.resolve("runs"))) {
            redis = stage.redisVersion();
            for (Pending cell = cells.poll(); cell != null; cell = cells.poll()) {
                measure(stage, cell, runs).ifPresent(results::add);
            }
        }
        return results;
    }

    /** Empty if the application does not even run without the agent. */
    private Optional<CellResult> measure(Stage stage, Pending cell, Set<Run> runs) {
        try {
            CellResult result = new Cell(stage, cell.jdk(), cell.scenario()).run(runs);
            System.err.println((result.passed() ? "passed  " : "FAILED  ") + result.name());
            result.failures().forEach(System.err::println);
            return Optional.of(result);
        } catch (IllegalStateException e) {
            String cause = String.valueOf(e.getMessage()).lines().limit(3).collect(Collectors.joining(" "));
            broken.add(
                    cell.scenario().version().name() + " on Java " + cell.jdk().feature() + ": " + cause);
            System.err.println("BROKEN  " + cell.scenario().version().name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
