package dev.redoubt.it.redis;

import java.nio.file.Files;
import java.nio.file.Path;

/** The jar under test: the one that this build has made, or what the property {@code redoubt.jar} names. */
public final class ProxyJar {
    private ProxyJar() {}

    public static Path path() {
        String chosen = System.getProperty("redoubt.jar");
        Path jar = chosen == null ? repository().resolve("proxy/target/redoubt.jar") : Path.of(chosen);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: ./dev it builds it before it runs the tests");
        }
        return jar;
    }

    /** Tests run in their module's directory, or in an IDE's idea of one. */
    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }
}
