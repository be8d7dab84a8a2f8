package dev.redoubt.it.agent;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the project. Stateless. */
public final class Place {
    private Place() {}

    /** Tests run in their module's directory, {@code ./dev} anywhere inside the project. */
    static Path project() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }

    /** The applications' sources, and the list of versions. */
    static Path sources() {
        return project().resolve("integration-tests/src/agent-matrix");
    }

    /** The jar under test: the one that this build has made, or what the property {@code redoubt.agent.jar} names. */
    public static Path agent() {
        String chosen = System.getProperty("redoubt.agent.jar");
        Path jar = chosen == null ? project().resolve("agent/target/redoubt-agent.jar") : Path.of(chosen);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: ./dev it builds it before it runs the tests");
        }
        return jar;
    }
}
