package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.command.Replays;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.Taken;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A command that is alone on a lease for the size of its reply. If Redis refuses it for its state it goes over the shared connection after all, where such a command waits for its turn like any other (docs/decisions/0018). One a
 * command, confined to the lane.
 */
final class LargeReplyCall extends PassingSink {
    private final House house;
    private final ClientSession session;
    private final ReplySink to;
    private final byte[][] arguments;
    private final boolean writes;
    private final boolean opaque;
    private final Runnable freeDesk;
    private @Nullable Lease lease;

    /**
     * @param to gets the reply
     * @param freeDesk the session's lease is none any more
     */
    LargeReplyCall(House house, ClientSession session, ReplySink to, Command command, Runnable freeDesk) {
        super(to);
        this.house = house;
        this.session = session;
        this.to = to;
        this.arguments = command.arguments();
        this.writes = command.writes();
        this.freeDesk = freeDesk;
        this.opaque = command.spec() == null
                || Replays.replayClass(command.spec(), command.arguments()) == ReplayClass.UNKNOWN;
    }

    /** Sends it; the reply is pending then. */
    void begin(Lease granted) {
        lease = granted;
        granted.submit(this, arguments);
        session.addPending(1);
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        Lease on = lease;
        Taken taken = on == null || !wantsUnsent() ? Taken.ANSWERED : on.judge(buf, from, length, opaque);
        if (on == null || taken == Taken.ANSWERED || !share()) {
            super.onReplies(buf, from, length, count);
            return;
        }
        lease = null;
        freeDesk.run();
        if (taken == Taken.REFUSED) {
            on.release();
        } else {
            on.close();
        }
    }

    /** False if there is no room for it. */
    private boolean share() {
        SharedUpstream upstream = session.upstream();
        if (!upstream.isForwarding()) {
            upstream.miss();
        }
        ByteBuf call = house.lane().allocator().directBuffer();
        try {
            RespWriter.command(call, arguments);
            return upstream.submit(to, call, 0, call.writerIndex(), 1, writes);
        } finally {
            call.release();
        }
    }
}
