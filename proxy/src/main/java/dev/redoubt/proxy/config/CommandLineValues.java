package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;

/** What the command line gave, as far as it is known: filled by whoever parses it. Confined to the thread that starts. */
public final class CommandLineValues {
    private final List<RawValue> values = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** An option as it was typed ({@code --upstream}) with its values; several only where the setting is a list. */
    public void add(Setting setting, String option, List<String> texts) {
        Source source = new Source(Source.Rank.COMMAND_LINE, option);
        List<String> items = setting.isList()
                ? texts.stream().flatMap(text -> RawValue.split(text).stream()).toList()
                : texts;
        if (!setting.isList() && items.size() > 1) {
            problems.add(new Problem(setting.key(), null, option, "is given twice"));
        } else {
            values.add(new RawValue(setting, items, source));
        }
    }

    /** An option that no setting has. */
    public void addUnknown(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        problems.add(Problem.unknown(name, "command line", Suggestion.nearest(name, options())));
    }

    /** An option that stands without its value. */
    public void addWithoutValue(Setting setting, String option) {
        problems.add(new Problem(setting.key(), null, option, "has no value; allowed: " + setting.allowed()));
    }

    void addKey(String key, String text) {
        Setting.byKey(key).ifPresentOrElse(setting -> add(setting, key, List.of(text)), () -> addUnknown(key));
    }

    List<RawValue> values() {
        return List.copyOf(values);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private static List<String> options() {
        return Setting.all().stream()
                .flatMap(setting -> setting.options().stream())
                .toList();
    }
}
