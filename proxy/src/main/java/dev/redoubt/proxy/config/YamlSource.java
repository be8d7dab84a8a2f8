package dev.redoubt.proxy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a YAML file as a stream of tokens: nested mappings become dotted keys. Only plain parsing is used, no object mapping, so
 * that values keep their text and their line. Loaded only when there is a file. Confined to the thread that reads.
 */
final class YamlSource {
    private final String fileName;
    private final YAMLParser parser;
    private final List<Problem> problems;
    private final List<RawValue> values = new ArrayList<>();
    private final Set<Setting> seen = new HashSet<>();

    private YamlSource(String fileName, YAMLParser parser, List<Problem> problems) {
        this.fileName = fileName;
        this.parser = parser;
        this.problems = problems;
    }

    /** Adds to the problems what is unreadable, unknown or given twice. */
    static List<RawValue> read(RawValue config, List<Problem> problems) {
        String file = config.items().get(0);
        try {
            return readText(file, TextFile.read(file), problems);
        } catch (BadValue e) {
            problems.add(Problem.with(config, String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    static List<RawValue> readText(String fileName, String text, List<Problem> problems) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlSource source = new YamlSource(fileName, parser, problems);
            source.document();
            return source.values;
        } catch (JsonProcessingException e) {
            problems.add(YamlProblem.of(fileName, e));
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is in memory", e);
        }
    }

    private void document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return; // an empty file, or comments only
        }
        if (first != JsonToken.START_OBJECT) {
            problems.add(new Problem(
                    place(), null, null, "does not begin with a setting such as \"listen: localhost:6380\""));
            return;
        }
        mapping("");
        if (parser.nextToken() != null) {
            problems.add(new Problem(place(), null, null, "begins a second document; allowed: one"));
        }
    }

    private void mapping(String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            String place = place();
            value(key, place, parser.nextToken());
        }
    }

    private void value(String key, String place, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> mapping(key + ".");
            case START_ARRAY -> {
                int before = problems.size();
                List<String> items = items(key, place);
                if (!items.isEmpty() || problems.size() == before) { // else it is not empty but wrong, which was said
                    add(key, place, items);
                }
            }
            case VALUE_NULL -> problems.add(new Problem(key, null, place, "has no value"));
            default -> {
                if (isValue(key, place)) {
                    add(key, place, List.of(parser.getText()));
                }
            }
        }
    }

    /** An alias looks to the parser like a value that is its name. */
    private boolean isValue(String key, String place) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(
                    new Problem(key, null, place, "is the alias *" + parser.getText() + "; allowed: the value itself"));
            return false;
        }
        return true;
    }

    private List<String> items(String key, String place) throws IOException {
        List<String> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isScalarValue()) {
                if (isValue(key, place)) {
                    items.add(parser.getText());
                }
            } else if (token == JsonToken.START_OBJECT && takesMappings(key)) {
                rule(key, place, items);
            } else {
                parser.skipChildren();
                problems.add(new Problem(key, null, place, "is a list of more than plain values"));
            }
        }
        return items;
    }

    private static boolean takesMappings(String key) {
        return Setting.byKey(key)
                .filter(setting -> setting.kind().equals(ValueType.RULES))
                .isPresent();
    }

    /** A mapping, turned into what one would write on a command line. */
    private void rule(String key, String place, List<String> items) throws IOException {
        Map<String, String> mapping = new LinkedHashMap<>();
        boolean isSound = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!parser.nextToken().isScalarValue()) {
                parser.skipChildren();
                problems.add(new Problem(key, null, place, "has a rule whose " + name + " is not a plain value"));
                isSound = false;
            } else if (isValue(key, place)) {
                mapping.put(name, parser.getText());
            }
        }
        try {
            if (isSound) {
                items.add(RuleText.of(mapping));
            }
        } catch (BadValue e) {
            problems.add(new Problem(key, null, place, String.valueOf(e.getMessage())));
        }
    }

    private void add(String key, String place, List<String> items) {
        Optional<Setting> setting = Setting.byKey(key);
        if (setting.isEmpty()) {
            problems.add(Problem.unknown(key, place, Suggestion.nearest(key, keys())));
        } else if (setting.get() == MainSetting.CONFIG) {
            problems.add(new Problem(key, null, place, "cannot be given in a file"));
        } else if (!seen.add(setting.get())) {
            problems.add(new Problem(key, null, place, "is given twice"));
        } else {
            values.add(new RawValue(setting.get(), items, new Source(Source.Rank.FILE, place)));
        }
    }

    private String place() {
        return fileName + ":" + parser.currentLocation().getLineNr();
    }

    private static List<String> keys() {
        return Setting.all().stream()
                .flatMap(setting -> setting.row().keys().stream())
                .toList();
    }
}
