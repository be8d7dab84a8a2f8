package dev.redoubt.proxy;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.Keys;
import dev.redoubt.proxy.fallback.WrittenKeys;
import org.jspecify.annotations.Nullable;

/** Which keys a command names and which it may write, by the command table. Immutable. */
record KeysOf(CommandTable table) implements WrittenKeys {
    private static final int[] NO_POSITIONS = {};

    /** All keys that it names; null if nobody knows. */
    byte @Nullable [][] named(byte[][] arguments) {
        CommandSpec spec = table.find(arguments[0]);
        return spec == null || !accepts(spec, arguments) ? null : pick(arguments, Keys.of(spec, arguments));
    }

    /** The keys that it may write, none for a read; null if nobody knows. */
    byte @Nullable [][] written(byte[][] arguments) {
        return pick(arguments, positions(arguments));
    }

    @Override
    public int @Nullable [] positions(byte[][] args) {
        CommandSpec spec = table.find(args[0]);
        if (spec == null) {
            return null;
        }
        CommandSpec called = spec.of(args);
        if (called.has(CommandFlag.READONLY) || !accepts(spec, args)) {
            return NO_POSITIONS;
        }
        return Keys.of(spec, args);
    }

    private static boolean accepts(CommandSpec spec, byte[][] arguments) {
        return spec.of(arguments).acceptsArgumentCount(arguments.length);
    }

    private static byte @Nullable [][] pick(byte[][] arguments, int @Nullable [] positions) {
        if (positions == null) {
            return null;
        }
        byte[][] keys = new byte[positions.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = arguments[positions[i]];
        }
        return keys;
    }
}
