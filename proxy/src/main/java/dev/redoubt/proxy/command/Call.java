package dev.redoubt.proxy.command;

import org.jspecify.annotations.Nullable;

/** A command with its arguments, its name among them. Borrows the arguments, and expects that nobody changes them. */
public final class Call {
    private final CommandSpec spec;
    private final byte[][] args;

    public Call(CommandSpec spec, byte[][] args) {
        this.spec = spec;
        this.args = args;
    }

    CommandSpec spec() {
        return spec;
    }

    /** Whether it has as many arguments as it needs: else Redis refuses it. */
    boolean isWellFormed() {
        return spec.of(args).acceptsArgumentCount(args.length);
    }

    int count() {
        return args.length;
    }

    byte[] argument(int position) {
        return args[position];
    }

    ReplayClass replayClass() {
        return Replays.replayClass(spec, args);
    }

    int @Nullable [] keys() {
        return Keys.of(spec, args);
    }
}
