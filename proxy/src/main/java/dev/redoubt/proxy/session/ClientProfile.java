package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandSpec;
import org.jspecify.annotations.Nullable;

/**
 * What CLIENT LIST tells of a client and its session has no other use for: when it came, when it was last heard, and with which command. Noted once a read and once a run of commands; the rest is looked up when
 * somebody asks. Confined to the lane.
 */
final class ClientProfile {
    private final Dispatcher dispatcher;
    private final Input input;
    private final long sinceNanos;
    private long heardNanos;
    private @Nullable CommandSpec last;
    private boolean noEvict;

    ClientProfile(Dispatcher dispatcher, Input input, long nowNanos) {
        this.dispatcher = dispatcher;
        this.input = input;
        this.sinceNanos = nowNanos;
        this.heardNanos = nowNanos;
    }

    /** Bytes came in. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** A command was sent on its way; null for one that nobody has heard of. */
    void said(@Nullable CommandSpec command) {
        if (last != command) {
            last = command;
        }
    }

    void setNoEvict(boolean value) {
        noEvict = value;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Input input() {
        return input;
    }

    ClientState state() {
        return dispatcher.state();
    }

    long ageSeconds(long nowNanos) {
        return (nowNanos - sinceNanos) / 1_000_000_000;
    }

    long idleSeconds(long nowNanos) {
        return (nowNanos - heardNanos) / 1_000_000_000;
    }

    /** The last command's full name, {@code config|get}; of one that was forwarded with others only its container's. */
    String lastCommand() {
        return last == null ? "NULL" : last.name();
    }

    /** Whether Redis would call it blocked. */
    boolean isBlocked(ClientSession client) {
        return client.isPausedFor(Pause.PAUSED) || dispatcher.isBlocking();
    }

    boolean isNoEvict() {
        return noEvict;
    }
}
