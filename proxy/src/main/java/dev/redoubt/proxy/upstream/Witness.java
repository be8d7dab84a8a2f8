package dev.redoubt.proxy.upstream;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the control connection's PINGs tell about the others: Redis answers connections in turn, so whoever hears nothing while this one is answered has a connection that is broken, and not a server that is slow. Confined to
 * the lane.
 */
public final class Witness {
    private final ControlConnection control;
    private final Supplier<@Nullable ServerRun> run;
    private final UpstreamTimings timings;

    /** @param run the server that the control connection is connected to, or was last; null before the first */
    Witness(ControlConnection control, Supplier<@Nullable ServerRun> run, UpstreamTimings timings) {
        this.control = control;
        this.run = run;
        this.timings = timings;
    }

    /** Whether a PING has been unanswered for so long that Redis itself may be silent. */
    boolean isSilent(long nowNanos) {
        return control.isSilent(nowNanos, timings.stallAfter().toNanos() / 2);
    }

    /**
     * Whether a connection is broken on which a question is still unanswered that every server answers at once: the same process has answered a PING that was sent {@code upstream.lost-after} later. A process that was stopped or busy has not: it finds both
     * questions when it goes on, and answers both before it is asked again.
     *
     * @param askedNanos when the question was sent
     */
    public boolean isBroken(Identity connection, long askedNanos) {
        ServerRun now = run.get();
        return now != null
                && connection.run().isSameAs(now)
                && control.hasAnsweredSince(askedNanos + timings.lostAfter().toNanos());
    }

    /** Whether the process that a connection belongs to has been replaced by this one. */
    public boolean isGone(Identity connection, ServerRun now) {
        return !timings.behindBalancer() && now.hasReplaced(connection.run());
    }

    /** What is said of a connection that {@link #isBroken}. */
    public String cause() {
        return "no answer for " + timings.lostAfter().toMillis() + " ms, while Redis answers on another connection";
    }
}
