package dev.redoubt.proxy.sim;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reply that a client is owed.
 *
 * @param what it is for, for people
 * @param check tells what is wrong with the reply; null if it is right
 */
record Awaited(String what, Check check, long sinceNanos) {
    /** Looks at a reply. */
    interface Check {
        @Nullable
        String problem(Frame reply);
    }

    /** Errors of the proxy's that say that a command was not run, or may not have been. */
    static final Set<String> REFUSALS = Set.of(
            "UNAVAILABLE",
            "BACKLOGFULL",
            "INDOUBT",
            "CURSORLOST",
            "LOADING",
            "NOREPLICAS",
            "READONLY",
            "BUSY",
            "TRYAGAIN");

    static boolean isRefusal(Frame reply) {
        return REFUSALS.contains(reply.errorCode());
    }

    /** That text, or a refusal. */
    static Check text(String expected) {
        return reply -> expected.equals(reply.text()) || isRefusal(reply) ? null : "not " + expected;
    }

    /** An error with that code, and nothing else. */
    static Check error(String code) {
        return reply -> reply.errorCode().equals(code) || isRefusal(reply) ? null : "not an error " + code;
    }

    /** Anything but an error of Redis's. */
    static Check anything() {
        return reply -> reply.isError() && !isRefusal(reply) ? "an error" : null;
    }
}
