package dev.redoubt.agent.hook;

import org.jspecify.annotations.Nullable;

/** What became of a class: its new code, or why it is left alone. Immutable. */
final class Woven {
    private final byte @Nullable [] code;
    private final String reason;

    private Woven(byte @Nullable [] code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    static Woven changed(byte[] code) {
        return new Woven(code, "");
    }

    static Woven leftAlone(String reason) {
        return new Woven(null, reason);
    }

    /** Null where the class is left alone. */
    byte @Nullable [] code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
