package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;

/** What sessions give to a {@link SharedUpstream}: into its log, to be written with this turn or to wait; or not accepted, when there is no room. Confined to the lane. */
final class Intake {
    private final SharedUpstream shared;
    private final UpstreamServer server;
    private final Lane lane;
    private final CommandLog log;
    private final Congestion congestion;

    Intake(SharedUpstream shared, UpstreamServer server, Congestion congestion) {
        this.shared = shared;
        this.server = server;
        this.lane = server.lane();
        this.log = shared.log();
        this.congestion = congestion;
    }

    /** See {@link SharedUpstream#submit}. */
    boolean run(ReplySink owner, ByteBuf buf, int from, int length, int count, boolean writes) {
        if (congestion.isFull(shared.isForwarding(), length, count)) {
            return false;
        }
        log.append(owner, buf, from, length, count, writes, lane.nanoTime());
        return accepted(owner, buf, from, length, count);
    }

    /** See {@link SharedUpstream#submitUnit}. */
    boolean unit(ReplySink owner, ByteBuf buf, int from, int length, int count) {
        if (congestion.isFull(shared.isForwarding(), length, count)) {
            return false;
        }
        log.appendUnit(owner, buf, from, length, count, lane.nanoTime());
        return accepted(owner, buf, from, length, count);
    }

    private boolean accepted(ReplySink owner, ByteBuf buf, int from, int length, int count) {
        Refusals refusals = shared.refusals();
        if (!refusals.isEmpty() && refusals.holdsBack(owner)) {
            refusals.queueLast(owner);
        } else if (shared.isForwarding()) {
            shared.flushLater();
        } else {
            server.counters().add(Counter.HELD, count);
            shared.absence().onHeld(buf, from, length);
            server.wake(shared);
        }
        return true;
    }
}
