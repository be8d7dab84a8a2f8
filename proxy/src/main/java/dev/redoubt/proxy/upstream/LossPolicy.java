package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.command.ReplayClass;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a command that was in flight when its connection was lost. A pure function of its class, of what its user has chosen, and of what is known of the connection. */
final class LossPolicy {
    /** The verdict. */
    enum Verdict {
        REPLAY,
        IN_DOUBT,
        CURSOR_LOST
    }

    /** What is known about the lost connection. */
    enum Link {
        /** Nothing yet: the server is still away. */
        UNKNOWN,
        /** It can apply nothing any more, and the server is the same run. */
        FENCED,
        /** The same, and it was still waiting in a blocking command. */
        FENCED_WAITING,
        /** It can apply nothing any more; the server is a new run. */
        FENCED_NEW_RUN,
        /** Nothing proves that it is dead. */
        UNFENCED;

        /** What is known when there is another connection. */
        Link before(@Nullable Identity lost, Identity now) {
            return this == FENCED && lost != null && !lost.run().hasSameData(now.run()) ? FENCED_NEW_RUN : this;
        }
    }

    private LossPolicy() {}

    static Verdict judge(ReplayClass replayClass, Delivery chosen, Link link, boolean withinWindow) {
        boolean repeatable = withinWindow && link != Link.UNFENCED;
        return switch (replayClass) {
            case READ -> Verdict.REPLAY;
            case CURSOR -> link == Link.FENCED_NEW_RUN || link == Link.UNFENCED ? Verdict.CURSOR_LOST : Verdict.REPLAY;
            case LAST_WINS -> write(repeatable && chosen != Delivery.AT_MOST_ONCE);
            case CONVERGES_ALONE, DECISION, ACCUMULATES, DESTRUCTIVE_READ, PUBLISH, UNIT ->
                write(repeatable && chosen == Delivery.AT_LEAST_ONCE);
            case ADMIN, UNKNOWN -> Verdict.IN_DOUBT;
        };
    }

    private static Verdict write(boolean again) {
        return again ? Verdict.REPLAY : Verdict.IN_DOUBT;
    }
}
