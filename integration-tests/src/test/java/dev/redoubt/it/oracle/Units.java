package dev.redoubt.it.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The suite's units that can run against a server that is there already: {@code units.txt}. Immutable. */
final class Units {
    private static final String LONG = " long";

    private Units() {}

    static List<String> all() {
        return lines().stream().map(line -> line.replace(LONG, "")).toList();
    }

    /** Those with many tests for their time. */
    static List<String> quick() {
        return lines().stream().filter(line -> !line.endsWith(LONG)).toList();
    }

    private static List<String> lines() {
        try (InputStream file = Units.class.getResourceAsStream("units.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
