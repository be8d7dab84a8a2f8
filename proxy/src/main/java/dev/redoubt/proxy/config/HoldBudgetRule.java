package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * How long commands of one kind may wait. Immutable.
 *
 * @param pattern of keys, or of commands behind {@code command=}
 */
public record HoldBudgetRule(String pattern, Duration budget) {
    static final String ALLOWED = "a pattern and a time, such as lock:* 500ms or command=eval 3s";
    private static final String LONGEST = "1h";

    static HoldBudgetRule parse(String text) throws BadValue {
        String[] parts = text.split("\\s+", -1);
        if (parts.length != 2) {
            throw new BadValue("is not a pattern and a time");
        }
        return new HoldBudgetRule(parts[0], ValueTypes.time(parts[1], LONGEST));
    }
}
