package dev.redoubt.it.agent;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java that applications are started with. Immutable.
 *
 * @param feature 8, 11, 17, 25, ...
 * @param version in full
 */
record Jdk(int feature, String version, Path home) {
    private static final List<Path> USUAL_PLACES = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    /** Where one may be found: under the usual places, or where a variable of the environment says. */
    enum Wanted {
        JAVA_8(8, "REDOUBT_JAVA8_HOME"),
        JAVA_11(11, "REDOUBT_JAVA11_HOME"),
        JAVA_17(17, ""),
        JAVA_25(25, "");

        final int feature;
        final String variable;

        Wanted(int feature, String variable) {
            this.feature = feature;
            this.variable = variable;
        }

        Optional<Jdk> find() {
            if (!variable.isEmpty()) {
                return Optional.ofNullable(System.getenv(variable)).flatMap(home -> at(Path.of(home)));
            }
            return usual().filter(jdk -> jdk.feature == feature).findFirst();
        }

        String whyMissing() {
            return variable.isEmpty()
                    ? "no JDK " + feature + " under the usual places"
                    : variable + " names no Java " + feature;
        }
    }

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    private static Stream<Jdk> usual() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        for (Path place : USUAL_PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> entries = Files.list(place)) {
                    entries.sorted().forEach(homes::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return homes.stream()
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                .flatMap(home -> at(home).stream());
    }

    /** By the file that every Java has had since 7. */
    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        String[] numbers = version.split("[._+-]");
        int feature = Integer.parseInt(numbers[0].equals("1") ? numbers[1] : numbers[0]);
        return Optional.of(new Jdk(feature, version, home));
    }
}
