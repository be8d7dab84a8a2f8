package dev.redoubt.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.agent.Scenarios.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One version for each shape of the classes that the agent changes. All versions, modes and JDKs: {@code ./dev agent-matrix}. Two cells are
 * under way at any time, as each waits for a good part of it; the tests wait for their results.
 */
@Timeout(300)
class AgentMatrixIT {
    private static final int AT_ONCE = 2;
    private static final Path DIRECTORY = Place.project().resolve("integration-tests/target/agent-matrix");
    private static final Scenarios SCENARIOS = new Scenarios(DIRECTORY.resolve("classes"));

    private static final BlockingQueue<Stage> STAGES = new ArrayBlockingQueue<>(AT_ONCE);
    private static final Map<String, Scenario> COMPILED = new ConcurrentHashMap<>();
    private static final Map<Planned, Future<CellResult>> RESULTS = new LinkedHashMap<>();
    private static ExecutorService workers;
    private static Map<String, List<Path>> jars;

    /** A cell of the matrix, and what of it. */
    record Planned(ClientVersion version, Jdk.Wanted java, Set<Run> runs) {
        @Override
        public String toString() {
            return version.name() + " on " + java + ", " + runs;
        }
    }

    @BeforeAll
    static void start() {
        jars = new ClassPaths(DIRECTORY.resolve("libraries")).of(versions().toList());
        workers = Executors.newFixedThreadPool(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            STAGES.add(new Stage(DIRECTORY.resolve("runs-" + i)));
        }
        planned()
                .filter(AgentMatrixIT::isPossible)
                .forEach(cell -> RESULTS.put(cell, workers.submit(() -> measure(cell))));
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
        STAGES.forEach(Stage::close);
    }

    /** The longest first. */
    static Stream<Planned> planned() {
        ClientVersion newest = version("jedis-8.0.2");
        Set<Run> redirect = EnumSet.of(Run.REDIRECT);
        List<Planned> cells = new ArrayList<>();
        cells.add(new Planned(newest, Jdk.Wanted.JAVA_17, EnumSet.range(Run.OTHER_AGENT_FIRST, Run.PROXY_DOWN_DIRECT)));
        cells.add(new Planned(newest, Jdk.Wanted.JAVA_25, redirect));
        cells.add(new Planned(version("lettuce-7.7.0"), Jdk.Wanted.JAVA_25, redirect));
        versions().forEach(version -> cells.add(new Planned(version, Jdk.Wanted.JAVA_17, redirect)));
        cells.add(new Planned(newest, Jdk.Wanted.JAVA_8, redirect));
        cells.add(new Planned(newest, Jdk.Wanted.JAVA_11, redirect));
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planned")
    void anApplicationSeesNoDifference(Planned cell) throws Exception {
        assumeTrue(cell.java().find().isPresent(), cell.java().whyMissing());
        assumeTrue(
                jars.containsKey(cell.version().name()),
                "Maven could not get " + cell.version().name());
        try {
            assertEquals("", String.join("\n", RESULTS.get(cell).get().failures()));
        } catch (ExecutionException e) {
            throw new AssertionError(cell + ": " + e.getCause(), e.getCause());
        }
    }

    private static boolean isPossible(Planned cell) {
        return cell.java().find().isPresent() && jars.containsKey(cell.version().name());
    }

    private static CellResult measure(Planned cell) throws InterruptedException {
        Scenario scenario = COMPILED.computeIfAbsent(
                cell.version().name(), name -> SCENARIOS.compile(cell.version(), jars.get(name)));
        Stage stage = STAGES.take();
        try {
            return new Cell(stage, cell.java().find().orElseThrow(), scenario).run(cell.runs());
        } finally {
            STAGES.add(stage);
        }
    }

    private static Stream<ClientVersion> versions() {
        return ClientVersion.all().stream().filter(ClientVersion::inCi);
    }

    private static ClientVersion version(String name) {
        return versions()
                .filter(version -> version.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
