package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.FallbackRule;
import dev.redoubt.proxy.config.OnMiss;
import dev.redoubt.proxy.config.WritePolicy;

/** What a rule's words mean for a command: returns if it may go on. Stateless. */
final class Rulings {
    private Rulings() {}

    static void miss(OnMiss onMiss) {
        switch (onMiss) {
            case NIL -> {}
            case HOLD -> throw Verdict.HOLD;
            case ERROR ->
                throw Verdict.refused("UNAVAILABLE Redis is away and this key is not in memory;"
                        + " nothing was changed. Try again when Redis is back");
        }
    }

    static void checkRead(FallbackRule rule) {
        switch (rule.read()) {
            case STALE, MISS -> {}
            case HOLD -> throw Verdict.HOLD;
            case ERROR ->
                throw Verdict.refused("UNAVAILABLE Redis is away and fallback.rules let nothing be read of this key;"
                        + " nothing was changed. Try again when Redis is back");
        }
    }

    static void checkWrite(WritePolicy policy) {
        switch (policy) {
            case JOURNAL, LOCAL -> {}
            case HOLD -> throw Verdict.HOLD;
            case REJECT ->
                throw Verdict.refused("UNAVAILABLE Redis is away and fallback.rules let nothing be written to this key;"
                        + " nothing was changed. Try again when Redis is back");
        }
    }
}
