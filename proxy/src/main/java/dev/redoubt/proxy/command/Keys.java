package dev.redoubt.proxy.command;

import org.jspecify.annotations.Nullable;

/** Which arguments of a call are keys. */
public final class Keys {
    private Keys() {}

    /**
     * Positions of the keys, ascending but for a destination that follows its sources; empty if the command touches none.
     *
     * <p>Null when they cannot be known: the command touches keys that it does not name (KEYS, FLUSHALL, SORT BY pattern,
     * a module's command without key positions), or its arguments make no sense. A script's are the ones it declares; it
     * may touch others.
     */
    public static int @Nullable [] of(CommandSpec spec, byte[][] args) {
        return spec.of(args).facts().keys().find(args);
    }
}
