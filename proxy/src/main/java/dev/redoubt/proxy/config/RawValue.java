package dev.redoubt.proxy.config;

import java.util.Arrays;
import java.util.List;

/** What a source gave for a setting, unparsed: one item, or several where the setting is a list. Immutable. */
record RawValue(Setting setting, List<String> items, Source source) {
    RawValue {
        items = List.copyOf(items);
    }

    /** From a source that has no lists of its own: items are separated by commas. */
    static RawValue ofText(Setting setting, String text, Source source) {
        return new RawValue(setting, setting.isList() ? split(text) : List.of(text), source);
    }

    static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** For messages, with secrets masked. */
    String shown() {
        return setting.row().type().shown(String.join(",", items));
    }
}
