package dev.redoubt.it.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@link AgentProbe} as an application of its own: its class in a directory where nothing else is. The JVM looks for an agent's first class in all that the class path has, so
 * what stands there decides what a start takes. Immutable.
 */
final class AgentProgram {
    private final Path classes;
    private final List<String> jars = new ArrayList<>();

    /** Copies the class into that directory. */
    AgentProgram(Path directory) throws IOException {
        classes = directory.resolve("agent-probe");
        Path file = classes.resolve(entry(AgentProbe.class));
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream code = code(AgentProbe.class)) {
            Files.copy(code, file, StandardCopyOption.REPLACE_EXISTING);
        }
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (element.endsWith(".jar")) {
                jars.add(element);
            }
        }
    }

    int jars() {
        return jars.size();
    }

    String withoutJars() {
        return classes.toString();
    }

    String withJars() {
        return classes + File.pathSeparator + String.join(File.pathSeparator, jars);
    }

    static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    static InputStream code(Class<?> type) {
        return Objects.requireNonNull(type.getResourceAsStream("/" + entry(type)));
    }
}
