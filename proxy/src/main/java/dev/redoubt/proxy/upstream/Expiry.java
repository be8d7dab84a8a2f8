package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.status.Counter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Gives up what has waited longer than its session's hold budget, and delivers errors that wait for nothing any more. Confined to the lane; one sweep an object. */
final class Expiry {
    private final CommandLog log;
    private final Absence absence;
    private final UpstreamServer server;
    private final long nowNanos;
    private final Set<ReplySink> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    Expiry(CommandLog log, Absence absence, UpstreamServer server, long nowNanos) {
        this.log = log;
        this.absence = absence;
        this.server = server;
        this.nowNanos = nowNanos;
    }

    void sweep() {
        if (log.hasUnwritten()) {
            log.forEachInFlight(this::await);
            log.forEachUnwritten(this::visit);
        }
    }

    private void await(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner != null) {
            waiting.add(owner.client());
        }
    }

    private void visit(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner == null) {
            return;
        }
        boolean error = entry.kind() == Entry.Kind.ERROR;
        if (!error && nowNanos - entry.acceptedNanos() >= budget(entry, owner)) {
            absence.onEnded(entry);
            server.counters().add(Counter.EXPIRED_IN_BACKLOG, errors(entry));
            log.failInTurn(entry, errorOf(entry));
            error = true;
        }
        if (error && !waiting.contains(owner.client())) {
            log.deliverError(entry);
        } else {
            waiting.add(owner.client());
        }
    }

    /** Nothing where nobody waits any more for what memory cannot do. */
    private long budget(Entry entry, ReplySink owner) {
        if (server.isGivenUp() && absence.hasAskedMemory()) {
            return 0;
        }
        if (entry.budgetNanos() == Entry.NO_BUDGET) {
            entry.noteBudget(server.hooks().judge().holdBudgetNanos(entry, owner.holdBudgetNanos()));
        }
        return entry.budgetNanos();
    }

    private String errorOf(Entry entry) {
        if (entry.inDoubt() && entry.writes()) {
            server.counters().add(Counter.IN_DOUBT, errors(entry));
            return Failures.inDoubt();
        }
        server.counters().add(Counter.UNAVAILABLE, errors(entry));
        return Failures.unavailable(server.description(), server.lastError());
    }

    private static int errors(Entry entry) {
        return entry.kind() == Entry.Kind.RUN ? entry.unanswered() : 1;
    }
}
