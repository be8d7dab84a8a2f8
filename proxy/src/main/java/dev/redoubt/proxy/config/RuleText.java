package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rule as it is written: {@code session:* on-miss=error write=hold}. What it leaves out is as the profile says. Immutable.
 *
 * @param parts by name, each of the type that {@link #TYPES} has
 */
record RuleText(String keys, Map<String, Object> parts) {
    /** How a rule looks, for help and docs. */
    static final String ALLOWED =
            "PATTERN, then any of read=stale/miss/hold/error, on-miss=nil/hold/error, write=journal/local/hold/reject, "
                    + "locks=local/fail-open/hold/reject, counters=journal/local/hold/reject, max-stale=DURATION";

    private static final Map<String, ValueType<?>> TYPES = types();

    RuleText {
        parts = Map.copyOf(parts);
    }

    private static Map<String, ValueType<?>> types() {
        Map<String, ValueType<?>> types = new LinkedHashMap<>();
        types.put("read", ValueTypes.choice(ReadPolicy.class));
        types.put("on-miss", ValueTypes.choice(OnMiss.class));
        types.put("write", ValueTypes.choice(WritePolicy.class));
        types.put("locks", ValueTypes.choice(LockPolicy.class));
        types.put("counters", ValueTypes.choice(WritePolicy.class));
        types.put("max-stale", ValueTypes.duration("1s", "365d"));
        return types;
    }

    static RuleText parse(String text) throws BadValue {
        List<String> words = Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        String first = words.get(0);
        if (TYPES.containsKey(nameIn(first))) {
            throw new BadValue("has the rule \"" + text + "\" that does not begin with a pattern");
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            String name = nameIn(word);
            if (parts.put(name, value(text, name, word)) != null) {
                throw new BadValue("has the rule \"" + text + "\" with two values of " + name);
            }
        }
        return new RuleText(first, parts);
    }

    private static String nameIn(String word) {
        int equals = word.indexOf('=');
        return (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    private static Object value(String rule, String name, String word) throws BadValue {
        ValueType<?> type = TYPES.get(name);
        if (type == null) {
            String nearest = Suggestion.nearest(name, List.copyOf(TYPES.keySet()));
            throw new BadValue("has the rule \"" + rule + "\" with the unknown word \"" + name + "\""
                    + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
        }
        int equals = word.indexOf('=');
        String given = equals < 0 ? "" : word.substring(equals + 1);
        try {
            return type.parser().parse(given);
        } catch (BadValue e) {
            throw new BadValue(
                    "has the rule \"" + rule + "\" whose " + name + " " + e.getMessage() + " (" + type.allowed() + ")");
        }
    }

    /** With what it leaves out taken from another rule. */
    FallbackRule over(FallbackRule base) {
        return new FallbackRule(
                keys,
                part("read", ReadPolicy.class, base.read()),
                part("on-miss", OnMiss.class, base.onMiss()),
                part("write", WritePolicy.class, base.write()),
                part("locks", LockPolicy.class, base.locks()),
                part("counters", WritePolicy.class, base.counters()),
                part("max-stale", Duration.class, base.maxStale()));
    }

    private <T> T part(String name, Class<T> type, T otherwise) {
        Object given = parts.get(name);
        return given == null ? otherwise : type.cast(given);
    }

    /** From a mapping in YAML; its values are looked at by {@link #parse}. */
    static String of(Map<String, String> mapping) throws BadValue {
        String keys = mapping.get("keys");
        if (keys == null || keys.isBlank()) {
            throw new BadValue("has a rule without keys; allowed: a mapping of keys and any of "
                    + String.join(", ", TYPES.keySet()));
        }
        if (keys.chars().anyMatch(Character::isWhitespace)) {
            throw new BadValue("has the keys \"" + keys + "\" with a space in them; write ? for it");
        }
        return keys
                + mapping.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("keys"))
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
