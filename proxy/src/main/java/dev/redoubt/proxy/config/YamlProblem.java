package dev.redoubt.proxy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Says where and why a file is not YAML, out of what the parser says over many lines. Stateless. */
final class YamlProblem {
    private static final Pattern PLACE = Pattern.compile("\\bline (\\d+), column");

    private YamlProblem() {}

    static Problem of(String fileName, JsonProcessingException e) {
        String message = e.getOriginalMessage();
        // Where it began to read comes first, where it was at a loss last.
        List<String> lines =
                PLACE.matcher(message).results().map(YamlProblem::line).toList();
        String line = !lines.isEmpty()
                ? lines.get(lines.size() - 1)
                : e.getLocation() == null
                        ? "1"
                        : Integer.toString(e.getLocation().getLineNr());
        List<String> reasons = message.lines().filter(YamlProblem::isReason).toList();
        String reason = reasons.isEmpty() ? "" : ": " + reasons.get(reasons.size() - 1);
        return new Problem(fileName + ":" + line, null, null, "is not YAML" + reason);
    }

    private static String line(MatchResult place) {
        return place.group(1);
    }

    /** The others are places, and lines of the file: those may hold a password. */
    private static boolean isReason(String line) {
        return line.startsWith("found ")
                || line.startsWith("expected ")
                || line.startsWith("could not find ")
                || line.startsWith("mapping values ")
                || line.startsWith("Expected ");
    }
}
