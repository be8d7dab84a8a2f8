package dev.redoubt.proxy.command;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** How long calls may wait, where the user has said so: the first pattern that takes a call decides. Immutable. */
public final class HoldBudgetRules {
    /** Nothing is said. */
    public static final HoldBudgetRules NONE = new HoldBudgetRules(List.of());

    private final List<Rule> rules;

    /** What such calls have. */
    public record Rule(CallPattern pattern, Duration budget) {}

    public HoldBudgetRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** In nanoseconds, for calls that wait as one: the smallest of theirs. Empty if nothing is said about any. */
    public OptionalLong nanos(List<Call> calls) {
        return calls.stream()
                .flatMap(call -> rules.stream()
                        .filter(rule -> rule.pattern().takes(call))
                        .limit(1))
                .mapToLong(rule -> rule.budget().toNanos())
                .min();
    }
}
