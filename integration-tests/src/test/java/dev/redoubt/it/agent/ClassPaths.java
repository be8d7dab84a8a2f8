package dev.redoubt.it.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The jars of each version with all that they need, as Maven finds them: in its local repository, or wherever its own settings say. One run
 * for all that is not known from an earlier one; what cannot be had does not keep the others away. Confined to one thread.
 */
final class ClassPaths {
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
    private static final int LONGEST_MINUTES = 10;

    private final Path directory;

    /** @param directory for what Maven reads and writes */
    ClassPaths(Path directory) {
        this.directory = directory;
    }

    /** By name; a version is missing if Maven could not get it, and {@link #log} says why. */
    Map<String, List<Path>> of(List<ClientVersion> versions) {
        List<ClientVersion> unknown =
                versions.stream().filter(version -> known(version).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            ask(unknown);
        }
        Map<String, List<Path>> paths = new LinkedHashMap<>();
        versions.forEach(version -> known(version).ifPresent(path -> paths.put(version.name(), path)));
        return paths;
    }

    Path log() {
        return directory.resolve("maven.log");
    }

    private void ask(List<ClientVersion> versions) {
        try {
            for (ClientVersion version : versions) {
                Path module = Files.createDirectories(directory.resolve(version.name()));
                Files.deleteIfExists(module.resolve("classpath"));
                Files.writeString(module.resolve("pom.xml"), project(version.name(), dependencies(version)));
            }
            Files.writeString(directory.resolve("pom.xml"), project("agent-matrix", modules(versions)));
            runMaven();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit status says nothing here: it fails as soon as one version cannot be had. */
    private void runMaven() throws IOException {
        String maven = System.getProperty(
                "redoubt.maven", Place.project().resolve("mvnw").toString());
        Process process = new ProcessBuilder(
                        maven,
                        "-B",
                        "--fail-at-end",
                        "-f",
                        directory.resolve("pom.xml").toString(),
                        GOAL,
                        "-Dmdep.outputFile=classpath")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Optional<List<Path>> known(ClientVersion version) {
        Path file = directory.resolve(version.name()).resolve("classpath");
        if (!Files.exists(file) || !isFor(version)) {
            return Optional.empty();
        }
        List<Path> jars = Arrays.stream(read(file).strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return jars.stream().allMatch(Files::exists) ? Optional.of(jars) : Optional.empty();
    }

    /** The list may name other artifacts by now. */
    private boolean isFor(ClientVersion version) {
        return read(directory.resolve(version.name()).resolve("pom.xml"))
                .equals(project(version.name(), dependencies(version)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String project(String name, String content) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.redoubt.matrix</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                %s
                </project>
                """.formatted(name, content);
    }

    private static String modules(List<ClientVersion> versions) {
        return versions.stream()
                .map(version -> "    <module>" + version.name() + "</module>\n")
                .collect(Collectors.joining("", "  <modules>\n", "  </modules>"));
    }

    private static String dependencies(ClientVersion version) {
        return version.artifacts().stream()
                .map(ClassPaths::dependency)
                .collect(Collectors.joining("", "  <dependencies>\n", "  </dependencies>"));
    }

    private static String dependency(String artifact) {
        String[] parts = artifact.split(":");
        return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n"
                .formatted((Object[]) parts);
    }
}
