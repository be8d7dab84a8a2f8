package dev.redoubt.it.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A version of a client library, and the application that is tried with it: a line of libraries.txt. Immutable.
 *
 * @param artifacts as Maven names them: group:artifact:version
 * @param unclosed how many clients the application leaves unclosed
 * @param java the first Java that it runs on, and is compiled for
 * @param host of the Redis that the application names
 * @param inCi whether it belongs to the fast test
 */
record ClientVersion(
        String name,
        List<String> artifacts,
        List<SourceFolder> sources,
        int unclosed,
        int java,
        String host,
        boolean inCi) {

    private static final int COLUMNS = 7;

    /** A folder of sources; with another name for Lettuce's package unless that is empty. */
    record SourceFolder(String name, String lettucePackage) {
        static SourceFolder parse(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new SourceFolder(text, "")
                    : new SourceFolder(text.substring(0, equals), text.substring(equals + 1));
        }

        String adapted(String source) {
            return lettucePackage.isEmpty() ? source : source.replace("io.lettuce.core", lettucePackage);
        }

        boolean isForEcj() {
            return name.endsWith("-ecj");
        }
    }

    ClientVersion {
        artifacts = List.copyOf(artifacts);
        sources = List.copyOf(sources);
    }

    static List<ClientVersion> all() {
        try {
            return parse(Files.readString(Place.sources().resolve("libraries.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ClientVersion> parse(String list) {
        return list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(ClientVersion::parseLine)
                .toList();
    }

    private static ClientVersion parseLine(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("not " + COLUMNS + " columns: " + line);
        }
        return new ClientVersion(
                columns[0].strip(),
                List.of(columns[1].strip().split(" +")),
                List.of(columns[2].strip().split(" +")).stream()
                        .map(SourceFolder::parse)
                        .toList(),
                Integer.parseInt(columns[3].strip()),
                Integer.parseInt(columns[4].strip()),
                columns[5].strip(),
                columns[6].strip().equals("ci"));
    }
}
