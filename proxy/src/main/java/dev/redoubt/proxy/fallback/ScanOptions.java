package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.Glob;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * MATCH, COUNT and TYPE of a SCAN, checked as {@code scanGenericCommand} does it.
 *
 * @param type null: any
 */
record ScanOptions(Glob match, @Nullable String type) {

    static ScanOptions of(Call call) {
        Glob match = new Glob("*");
        String type = null;
        for (int i = 2; i < call.count(); i += 2) {
            boolean hasValue = i + 1 < call.count();
            switch (hasValue ? call.option(i) : "") {
                case "COUNT" -> {
                    if (call.integer(i + 1) < 1) {
                        throw call.syntaxError();
                    }
                }
                case "MATCH" -> match = new Glob(call.argument(i + 1));
                case "TYPE" -> type = call.option(i + 1).toLowerCase(Locale.ROOT);
                default -> throw call.syntaxError();
            }
        }
        return new ScanOptions(match, type);
    }

    boolean matches(JournalEntry entry) {
        boolean isOfType = type == null || type.equals(entry.typeName());
        return isOfType && match.matches(entry.key().bytes());
    }
}
