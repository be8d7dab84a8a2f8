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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable ServerRun next;
    private final Set<ReplySink> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param oldestReplayableNanos what was accepted before this is too old for a write to be repeated
     * @param next the run that gets what is kept; null if that is not known yet
     */
    LossSettlement(
            SharedUpstream shared,
            UpstreamServer server,
            LossPolicy.Link link,
            long oldestReplayableNanos,
            @Nullable ServerRun next) {
        this.key = shared.key();
        this.log = shared.log();
        this.isWatching = shared.key().tenant().isWatching();
        this.server = server;
        this.counters = server.counters();
        this.link = link;
        this.oldestReplayableNanos = oldestReplayableNanos;
        this.next = next;
    }

    /** Takes all commands out of the log and puts back those that are to be written (again). */
    void settle(long unsentBytes) {
        List<HeldCommand> all = log.takeAll(unsentBytes);
        Set<HeldCommand> overtaken = Overtaken.among(all, server.hooks().judge());
        for (HeldCommand held : all) {
            if (!held.owner().isSentAgain()) {
                held.release();
            } else if (!held.owner().wantsUnsent()) {
                counters.increment(held.isInDoubt() ? Counter.ABANDONED_IN_DOUBT : Counter.DROPPED_CLIENT_GONE);
                forget(held);
                held.release();
            } else if (held.isPartlyDelivered()) {
                forget(held);
                held.owner().onReplyCut();
                held.release();
            } else if (held.kind() == Entry.Kind.UNIT && isWatching) {
                endUnwatched(held);
            } else if (held.kind() != Entry.Kind.ERROR && held.isInDoubt()) {
                settleInDoubt(held, overtaken.contains(held));
            } else if (isLostCursor(held)) {
                endCursor(held);
            } else {
                keep(held);
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

    /** It has waited to be sent, and goes to another run than the one that gave its cursor. */
    private boolean isLostCursor(HeldCommand held) {
        return next != null
                && held.kind() == Entry.Kind.RUN
                && !server.cursors().isEmpty()
                && server.hooks().judge().replayClass(held) == ReplayClass.CURSOR
                && server.cursors().isLost(key.database(), held.arguments(), next);
    }

    private void endCursor(HeldCommand held) {
        counters.increment(Counter.CURSOR_LOST);
        end(held, Failures.cursorLost());
    }

    private void settleInDoubt(HeldCommand held, boolean overtaken) {
        ReplayClass replayClass = server.hooks().judge().replayClass(held);
        boolean reads = replayClass == ReplayClass.READ || replayClass == ReplayClass.CURSOR;
        if (reads) {
            held.onlyReads();
        }
        boolean withinWindow = held.acceptedNanos() - oldestReplayableNanos >= 0;
        switch (LossPolicy.judge(replayClass, server.hooks().judge().delivery(held), link, withinWindow)) {
            case REPLAY -> {
                if (!overtaken) {
                    countReplay(replayClass);
                    keep(held);
                } else if (reads) {
                    counters.increment(Counter.UNAVAILABLE);
                    end(held, Failures.readOvertaken());
                } else {
                    endInDoubt(held);
                }
            }
            case IN_DOUBT -> endInDoubt(held);
            case CURSOR_LOST -> endCursor(held);
        }
    }

    private void endInDoubt(HeldCommand held) {
        counters.increment(Counter.IN_DOUBT);
        forget(held);
        end(held, Failures.inDoubt());
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
