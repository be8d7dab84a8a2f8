package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Walks a log whose connection is lost and settles each command: kept for the next connection, or ended with an error. Confined to the lane; one walk an object.
 *
 * <p>An error never overtakes an earlier command of the same session that is kept: it takes that command's place in the log and is delivered in turn.
 */
final class LossSettlement {
    private final UpstreamKey key;
    private final CommandLog log;
    private final UpstreamServer server;
    private final Counters counters;
    private final LossPolicy.Link link;
    private final long oldestReplayableNanos;
    private final boolean isWatching;
    private final Set<ReplySink> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param oldestReplayableNanos what was accepted before this is too old for a write to be repeated */
    LossSettlement(SharedUpstream shared, UpstreamServer server, LossPolicy.Link link, long oldestReplayableNanos) {
        this.key = shared.key();
        this.log = shared.log();
        this.isWatching = shared.key().tenant().isWatching();
        this.server = server;
        this.counters = server.counters();
        this.link = link;
        this.oldestReplayableNanos = oldestReplayableNanos;
    }

    /** Takes all commands out of the log and puts back those that are to be written (again). */
    void settle(long unsentBytes) {
        for (HeldCommand held : log.takeAll(unsentBytes)) {
            if (!held.owner().wantsUnsent()) {
                counters.increment(held.isInDoubt() ? Counter.ABANDONED_IN_DOUBT : Counter.DROPPED_CLIENT_GONE);
                forget(held);
                held.release();
            } else if (held.isPartlyDelivered()) {
                forget(held);
                held.owner().onReplyCut();
                held.release();
            } else if (held.kind() == Entry.Kind.UNIT && isWatching) {
                endUnwatched(held);
            } else if (held.kind() == Entry.Kind.ERROR || !held.isInDoubt()) {
                keep(held);
            } else {
                settleInDoubt(held);
            }
        }
    }

    /** What it watched may have changed by the time there is a connection again. */
    private void endUnwatched(HeldCommand held) {
        counters.increment(held.isInDoubt() ? Counter.IN_DOUBT : Counter.UNAVAILABLE);
        forget(held);
        end(
                held,
                held.isInDoubt() ? Failures.inDoubt() : Failures.unavailable(server.description(), server.lastError()));
    }

    private void settleInDoubt(HeldCommand held) {
        ReplayClass replayClass = server.hooks().judge().replayClass(held);
        if (replayClass == ReplayClass.READ || replayClass == ReplayClass.CURSOR) {
            held.onlyReads();
        }
        boolean withinWindow = held.acceptedNanos() - oldestReplayableNanos >= 0;
        switch (LossPolicy.judge(replayClass, server.hooks().judge().delivery(held), link, withinWindow)) {
            case REPLAY -> {
                countReplay(replayClass);
                keep(held);
            }
            case IN_DOUBT -> {
                counters.increment(Counter.IN_DOUBT);
                forget(held);
                end(held, Failures.inDoubt());
            }
            case CURSOR_LOST -> {
                counters.increment(Counter.CURSOR_LOST);
                end(held, Failures.cursorLost());
            }
        }
    }

    /** What is kept while the link is not known is judged again when it is, and counted then. */
    private void countReplay(ReplayClass replayClass) {
        if (link != LossPolicy.Link.UNKNOWN) {
            counters.increment(
                    switch (replayClass) {
                        case READ -> Counter.RESENT_READ;
                        case CURSOR -> Counter.RESENT_CURSOR;
                        case LAST_WINS -> Counter.RESENT_LAST_WINS;
                        default -> Counter.RESENT_AT_LEAST_ONCE;
                    });
        }
    }

    private void forget(HeldCommand held) {
        if (held.isInDoubt()) {
            held.forEachCommand(arguments -> server.hooks().memory().onInDoubt(key, arguments));
        }
    }

    private void keep(HeldCommand held) {
        waiting.add(held.owner().client());
        log.restore(held);
    }

    private void end(HeldCommand held, String error) {
        if (waiting.contains(held.owner().client())) {
            log.appendError(held.owner(), error, held.acceptedNanos());
        } else {
            held.owner().onFailure(error);
        }
        held.release();
    }
}
