package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Route;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One command on the slow path, with its arguments taken out. The bytes are borrowed for the call that it is handled in; the arguments are copies.
 *
 * @param spec null for a command that nobody has heard of
 */
record Command(byte[][] arguments, @Nullable CommandSpec spec, ByteBuf bytes, int start, int end) {
    int length() {
        return end - start;
    }

    /** What nobody has heard of is forwarded. */
    Route route() {
        if (spec == null) {
            return Route.SHARED;
        }
        return spec.argumentsDecideRoute() ? spec.route(arguments) : spec.route();
    }

    /** The subcommand where there is one; null as {@link #spec}. */
    @Nullable
    CommandSpec called() {
        return spec == null ? null : spec.of(arguments);
    }

    boolean writes() {
        return spec == null || !spec.of(arguments).has(CommandFlag.READONLY);
    }

    /** Whether it is known and has as many arguments as it needs; the rest is Redis's to judge. */
    boolean isWellFormed() {
        return spec != null && spec.of(arguments).acceptsArgumentCount(arguments.length);
    }

    /** Lower case, as the client sent it. */
    String name() {
        return text(0).toLowerCase(Locale.ROOT);
    }

    /** Upper case; empty if there is no such argument. */
    String word(int index) {
        return index < arguments.length ? text(index).toUpperCase(Locale.ROOT) : "";
    }

    String text(int index) {
        return new String(arguments[index], StandardCharsets.UTF_8);
    }

    int count() {
        return arguments.length;
    }
}
