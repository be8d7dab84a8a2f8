package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.LaneExecutor;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT PAUSE, as it holds the clients of this proxy. Redis is paused as well, for everybody else; but a paused command on a shared connection would hold all clients behind it, so it is kept here
 * (docs/decisions: CLIENT and MONITOR in the proxy's own terms). Confined to the lane.
 */
final class ClientPause {
    /** What is held; the stricter one wins, as in {@code pauseClients} in networking.c. */
    enum Scope {
        NONE,
        WRITE,
        ALL
    }

    /** What is in force, to be put back if Redis refuses what was asked for. */
    record State(Scope scope, long endNanos) {}

    private final Runnable onEnd;
    private Scope scope = Scope.NONE;
    private long endNanos;
    private LaneExecutor.@Nullable Scheduled timer;

    /** @param onEnd told when commands may go on, perhaps all, perhaps only those that read */
    ClientPause(Runnable onEnd) {
        this.onEnd = onEnd;
    }

    boolean isOn() {
        return scope != Scope.NONE;
    }

    State state() {
        return new State(scope, endNanos);
    }

    /** Begins, or becomes stricter or longer. */
    void begin(Lane lane, Scope wanted, long untilNanos) {
        boolean wasOn = isOn();
        set(
                lane,
                wasOn && scope.compareTo(wanted) > 0 ? scope : wanted,
                wasOn ? Math.max(endNanos, untilNanos) : untilNanos);
    }

    /** Goes back to what was in force before. */
    void restore(Lane lane, State earlier) {
        set(lane, earlier.scope(), earlier.endNanos());
    }

    void end() {
        scope = Scope.NONE;
        cancelTimer();
        onEnd.run();
    }

    private void set(Lane lane, Scope newScope, long newEndNanos) {
        if (newScope == Scope.NONE) {
            end();
            return;
        }
        boolean laxer = newScope.compareTo(scope) < 0;
        scope = newScope;
        endNanos = newEndNanos;
        cancelTimer();
        timer = lane.executor().schedule(this::end, Math.max(0, newEndNanos - lane.nanoTime()));
        if (laxer) {
            onEnd.run();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether a command that may or may not write has to wait. */
    boolean holds(boolean mayWrite) {
        return scope == Scope.ALL || (scope == Scope.WRITE && mayWrite);
    }
}
