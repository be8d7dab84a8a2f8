package dev.redoubt.it.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.it.redis.ProxyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of the proxy's log, in either format. */
record LogLine(String level, String logger, String message, Map<String, String> fields) {
    private static final Pattern TERMINAL =
            Pattern.compile("\\S+ [0-9:.]+ ([A-Z]+) +(\\w+): (.*?)((?: \\w+=\"[^\"]*\")*) *");
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final List<String> ALWAYS = List.of("time", "level", "logger", "message");

    /** What it has logged so far; the banner and whatever else it printed is left out. */
    static List<LogLine> ofTerminal(ProxyProcess proxy) {
        return proxy.output()
                .lines()
                .map(TERMINAL::matcher)
                .filter(Matcher::matches)
                .map(LogLine::ofTerminal)
                .toList();
    }

    static List<LogLine> ofJson(ProxyProcess proxy) {
        return proxy.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(LogLine::ofJson)
                .toList();
    }

    private static LogLine ofTerminal(Matcher line) {
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(line.group(4)).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        return new LogLine(line.group(1), line.group(2), line.group(3), fields);
    }

    private static LogLine ofJson(String line) {
        try {
            JsonNode object = new ObjectMapper().readTree(line);
            Map<String, String> fields = new TreeMap<>();
            object.fieldNames()
                    .forEachRemaining(name -> fields.put(name, object.get(name).asText()));
            String logger = fields.get("logger");
            ALWAYS.forEach(fields::remove);
            return new LogLine(
                    object.get("level").textValue(),
                    logger.substring(logger.lastIndexOf('.') + 1),
                    object.get("message").textValue(),
                    fields);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + line, e);
        }
    }

    String text() {
        return level + " " + logger + ": " + message;
    }

    long number(String field) {
        return Long.parseLong(fields.get(field));
    }
}
