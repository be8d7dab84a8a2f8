package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.status.Counter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Gives up what has waited longer than its session's hold budget, and delivers errors that wait for nothing any more. Confined to the lane; one sweep an object. */
final class Expiry {
    private final SharedUpstream shared;
    private final UpstreamServer server;
    private final long nowNanos;
    private final Set<ReplySink> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    Expiry(SharedUpstream shared, UpstreamServer server, long nowNanos) {
        this.shared = shared;
        this.server = server;
        this.nowNanos = nowNanos;
    }

    /** While Redis is stalled there is something in flight: nothing of the same session may be answered before it. */
    void sweep() {
        if (shared.log().hasUnwritten()) {
            shared.log().forEachInFlight(this::waitFor);
            shared.log().forEachUnwritten(this::visit);
        }
    }

    private void waitFor(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner != null) {
            waiting.add(owner);
        }
    }

    private void visit(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner == null) {
            return;
        }
        boolean first = !waiting.contains(owner);
        if (first && entry.kind() == Entry.Kind.ERROR) {
            shared.log().deliverError(entry);
        } else if (first && nowNanos - entry.acceptedNanos() >= owner.holdBudgetNanos()) {
            giveUp(entry);
        } else {
            waiting.add(owner);
        }
    }

    private void giveUp(Entry entry) {
        int errors = entry.kind() == Entry.Kind.RUN ? entry.unanswered() : 1;
        if (entry.inDoubt() && entry.writes()) {
            server.counters().add(Counter.IN_DOUBT, errors);
            shared.expire(entry, Failures.inDoubt());
        } else {
            server.counters().add(Counter.UNAVAILABLE, errors);
            shared.expire(entry, Failures.unavailable(server.description(), server.lastError()));
        }
    }
}
