package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Tells refusals from answers on leased connections, where one command is alone: only replies that begin with a minus sign ever come here. One a pool, confined to the lane. */
final class LeaseRefusals {
    private final UpstreamServer server;
    private final Lane lane;
    private final BusySpell busy;

    LeaseRefusals(UpstreamServer server, Lane lane, BusySpell busy) {
        this.server = server;
        this.lane = lane;
        this.busy = busy;
    }

    /**
     * What that error means. If the server is not the right one any more, the right one is looked for. Borrows the buffer.
     *
     * @param at where it was said
     * @param opaque nobody knows what the command does: the error may be of something within it, behind which it has done half its work
     */
    Taken judge(UpstreamKey key, ServerRun at, ByteBuf error, int from, int end, boolean opaque) {
        if (opaque && !Refusal.isBeforeAnyScript(error, from + 1, end)) {
            return Taken.ANSWERED;
        }
        Refusal refusal = Refusal.of(error, from + 1, end);
        if (refusal == Refusal.BUSY) {
            return busy.isLongAt(lane.nanoTime()) ? Taken.ANSWERED : Taken.REFUSED;
        }
        busy.end();
        boolean primary = server.search().isPrimaryExpected();
        return switch (refusal) {
            case NONE, NO_SCRIPT -> Taken.ANSWERED;
            case PASSING, BUSY -> Taken.REFUSED;
            case LOADING -> Taken.REFUSED_HERE;
            case ORPHANED -> primary ? elsewhere(at, error, from, end) : Taken.REFUSED;
            case REPLICA, DEMOTED -> primary ? elsewhere(at, error, from, end) : Taken.ANSWERED;
            case NO_USER -> key.credentials() == null ? Taken.ANSWERED : Taken.REFUSED_TO_NOBODY;
        };
    }

    private Taken elsewhere(ServerRun at, ByteBuf error, int from, int end) {
        String text = error.toString(from + 1, end - from - 3, StandardCharsets.UTF_8);
        return server.seekPrimary(text, at) ? Taken.REFUSED_HERE : Taken.ANSWERED;
    }
}
