package dev.redoubt.proxy.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value in force of each setting, typed, with where it came from. A wrong value is reported and its default stands in, so that
 * the search for problems can go on. Confined to the thread that loads.
 */
final class Values {
    private final Map<Setting, Object> parsed = new HashMap<>();
    private final Map<Setting, Source> sources = new HashMap<>();
    private final Map<Setting, RawValue> raws = new HashMap<>();

    private final Set<Setting> wrong = new HashSet<>();

    private Values() {}

    /** Every value is parsed, those too that another one outranks: a mistake must not hide until that one is removed. */
    static Values of(List<RawValue> given, List<Problem> problems) {
        Values values = new Values();
        for (Setting setting : Setting.all()) {
            String text = setting.defaultText();
            if (text != null) {
                values.accept(RawValue.ofText(setting, text, Source.DEFAULT), problems);
            }
        }
        given.forEach(raw -> values.accept(raw, problems));
        return values;
    }

    private void accept(RawValue raw, List<Problem> problems) {
        Setting setting = raw.setting();
        try {
            Object value = setting.isList() ? parseList(raw) : parseSingle(raw);
            if (!source(setting).outranks(raw.source())) {
                put(raw, value);
            }
        } catch (BadValue e) {
            wrong.add(setting);
            problems.add(Problem.with(raw, e.getMessage() + "; allowed: " + setting.allowed()));
        }
    }

    private void put(RawValue raw, Object value) {
        parsed.put(raw.setting(), value);
        sources.put(raw.setting(), raw.source());
        raws.put(raw.setting(), raw);
    }

    /** A value that follows from others, in place of what there is. */
    void set(Setting setting, Object value, String text, Source source) {
        put(new RawValue(setting, List.of(text), source), value);
    }

    /** Leaves a setting without value. */
    void unset(Setting setting) {
        parsed.remove(setting);
        sources.remove(setting);
        raws.remove(setting);
    }

    /** All settings as they are in force. */
    List<Effective> effective() {
        return Setting.all().stream()
                .map(setting -> new Effective(
                        setting,
                        shown(setting),
                        raws.containsKey(setting) ? source(setting).shown() : "not set"))
                .toList();
    }

    private static Object parseSingle(RawValue raw) throws BadValue {
        if (raw.items().size() != 1) {
            throw new BadValue("is a list where one value belongs");
        }
        return parse(raw.setting(), raw.items().get(0));
    }

    private static Object parseList(RawValue raw) throws BadValue {
        if (raw.items().isEmpty()) {
            throw new BadValue("is empty");
        }
        List<Object> values = new ArrayList<>();
        for (String item : raw.items()) {
            values.add(parse(raw.setting(), item));
        }
        return List.copyOf(values);
    }

    private static Object parse(Setting setting, String text) throws BadValue {
        String trimmed = setting.isSecret() ? text : text.strip();
        if (trimmed.isEmpty()) {
            throw new BadValue("is empty");
        }
        return setting.row().type().parser().parse(trimmed);
    }

    /** Whether all that was given for these settings was understood: otherwise a default stands in, and is not to be judged. */
    boolean areSound(Setting... settings) {
        return Arrays.stream(settings).noneMatch(wrong::contains);
    }

    /** Whether there is a value in force, be it the default. */
    boolean isGiven(Setting setting) {
        return parsed.containsKey(setting);
    }

    /** Where the value in force came from. */
    Source source(Setting setting) {
        return sources.getOrDefault(setting, Source.DEFAULT);
    }

    /** A problem with the value in force, whoever gave it. */
    Problem problem(Setting setting, String message) {
        RawValue raw = raws.get(setting);
        return raw == null ? new Problem(setting.key(), null, null, message) : Problem.with(raw, message);
    }

    /** The value in force as it was written. */
    String shown(Setting setting) {
        RawValue raw = raws.get(setting);
        return raw == null ? "" : raw.shown();
    }

    /** Of two durations or of two sizes, as {@link Comparable#compareTo}. */
    int compare(Setting one, Setting other) {
        return parsed.get(one) instanceof Duration
                ? duration(one).compareTo(duration(other))
                : Long.compare(bytes(one), bytes(other));
    }

    Duration duration(Setting setting) {
        return required(setting, Duration.class);
    }

    long bytes(Setting setting) {
        return required(setting, Long.class);
    }

    int number(Setting setting) {
        return required(setting, Integer.class);
    }

    OutputBufferLimit outputBufferLimit(Setting setting) {
        return required(setting, OutputBufferLimit.class);
    }

    boolean flag(Setting setting) {
        return required(setting, Boolean.class);
    }

    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        return required(setting, type);
    }

    RedisUrl url(Setting setting) {
        return required(setting, RedisUrl.class);
    }

    @Nullable
    HostPort address(Setting setting) {
        Optional<?> address = required(setting, Optional.class);
        return (HostPort) address.orElse(null);
    }

    <T> List<T> list(Setting setting, Class<T> itemType) {
        List<?> items = required(setting, List.class);
        return items.stream().<T>map(itemType::cast).toList();
    }

    /** For a setting without default. */
    <T> Optional<T> optional(Setting setting, Class<T> type) {
        return Optional.ofNullable(parsed.get(setting)).map(type::cast);
    }

    private <T> T required(Setting setting, Class<T> type) {
        Object value = parsed.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no default");
        }
        return type.cast(value);
    }
}
