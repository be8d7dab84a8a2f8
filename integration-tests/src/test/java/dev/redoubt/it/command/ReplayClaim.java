package dev.redoubt.it.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of {@code replay-claims.txt}.
 *
 * @param call the words of the call
 * @param setUp calls that come before it
 * @param others calls that somebody else makes between its two runs
 * @param steady whether its reply is the same each time
 */
record ReplayClaim(
        String line, List<String> call, List<List<String>> setUp, List<List<String>> others, boolean steady) {
    private static final Pattern COLUMNS = Pattern.compile("\\s*(?<=\\s)\\|(?=\\s|$)\\s*");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static Stream<ReplayClaim> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ReplayClaim.class.getResourceAsStream("replay-claims.txt"), StandardCharsets.US_ASCII))) {
            return lines
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(ReplayClaim::parse)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return line;
    }

    private static ReplayClaim parse(String line) {
        String[] columns = COLUMNS.split(line, -1);
        boolean steady = !line.startsWith("~ ");
        return new ReplayClaim(
                line,
                words(steady ? columns[0] : columns[0].substring(2)),
                columns.length > 1 ? calls(columns[1]) : List.of(),
                columns.length > 2 ? calls(columns[2]) : List.of(),
                steady);
    }

    private static List<List<String>> calls(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(" ; ")).map(ReplayClaim::words).toList();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\\n", "\n"));
        }
        return words;
    }
}
