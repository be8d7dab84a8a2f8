package dev.redoubt.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One version for each shape of the classes that the agent changes. All versions, modes and JDKs: {@code ./dev agent-matrix}. */
@Timeout(180)
class AgentMatrixIT {
    private static final Path DIRECTORY = Place.project().resolve("integration-tests/target/agent-matrix");

    private static Stage stage;
    private static Map<String, List<Path>> jars;

    @BeforeAll
    static void start() {
        jars = new ClassPaths(DIRECTORY.resolve("libraries")).of(versions());
        stage = new Stage(DIRECTORY.resolve("runs"));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    static List<ClientVersion> versions() {
        return ClientVersion.all().stream().filter(ClientVersion::inCi).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void redirectChangesNothingButTheServer(ClientVersion version) {
        assertSame(version, Jdk.Wanted.JAVA_17, EnumSet.of(Run.REDIRECT));
    }

    @Test
    void onNewerJavaToo() {
        assertSame(version("jedis-8.0.2"), Jdk.Wanted.JAVA_25, EnumSet.of(Run.REDIRECT));
        assertSame(version("lettuce-7.7.0"), Jdk.Wanted.JAVA_25, EnumSet.of(Run.REDIRECT));
    }

    @Test
    void otherModesAndAnAbsentProxy() {
        assertSame(
                version("jedis-8.0.2"),
                Jdk.Wanted.JAVA_17,
                EnumSet.range(Run.OTHER_AGENT_FIRST, Run.PROXY_DOWN_DIRECT));
    }

    private static ClientVersion version(String name) {
        return versions().stream()
                .filter(version -> version.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertSame(ClientVersion version, Jdk.Wanted wanted, Set<Run> runs) {
        Optional<Jdk> jdk = wanted.find();
        assumeTrue(jdk.isPresent(), wanted.whyMissing());
        assumeTrue(jars.containsKey(version.name()), "Maven could not get " + version.name());
        Scenarios scenarios = new Scenarios(DIRECTORY.resolve("classes"));
        Cell cell = new Cell(stage, jdk.get(), scenarios.compile(version, jars.get(version.name())));

        assertEquals("", String.join("\n", cell.run(runs).failures()));
    }
}
