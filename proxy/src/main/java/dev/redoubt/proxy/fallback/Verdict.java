package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.Nullable;

/** Ends a command without its ordinary reply, before it has changed anything. Stackless. */
final class Verdict extends RuntimeException {
    static final Verdict HOLD = new Verdict(Outcome.HOLD, null);
    static final Verdict WRONG_TYPE = error("WRONGTYPE Operation against a key holding the wrong kind of value");
    private static final long serialVersionUID = 1;

    private final Outcome outcome;
    private final @Nullable String error;

    private Verdict(Outcome outcome, @Nullable String error) {
        super(error, null, false, false);
        this.outcome = outcome;
        this.error = error;
    }

    /** The error that Redis would give. */
    static Verdict error(String text) {
        return new Verdict(Outcome.ANSWERED, text);
    }

    /** An error of the proxy's own. */
    static Verdict refused(String text) {
        return new Verdict(Outcome.REFUSED, text);
    }

    Outcome outcome() {
        return outcome;
    }

    /** Null: nothing is said, the command waits. */
    @Nullable
    String error() {
        return error;
    }
}
