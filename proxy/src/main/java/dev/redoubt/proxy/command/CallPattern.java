package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A pattern of keys ({@code jobs:*}), or of commands ({@code command=lpush}, {@code command=xgroup|*}). Immutable. */
public final class CallPattern {
    private static final String COMMAND = "command=";

    private final boolean ofCommands;
    private final Glob glob;

    public CallPattern(String text) {
        this.ofCommands = text.startsWith(COMMAND);
        this.glob = new Glob(ofCommands ? text.substring(COMMAND.length()).toLowerCase(Locale.ROOT) : text);
    }

    /** Whether the call is such a command, or names such a key. */
    boolean takes(Call call) {
        if (ofCommands) {
            String name = call.spec().name();
            return matches(name) || matches(AgedExpiry.nameBefore(name));
        }
        int[] positions = call.keys();
        if (positions != null) {
            for (int position : positions) {
                if (glob.matches(call.argument(position))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean matches(String name) {
        return glob.matches(name.getBytes(StandardCharsets.UTF_8));
    }
}
