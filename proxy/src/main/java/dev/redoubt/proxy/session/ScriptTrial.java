package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.LeaseReason;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.LeasePool;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One call of a script or function that nobody knows to be quick, on a lease: if it never ends, others find Redis busy, as they would without the proxy, rather than wait behind it. The session is paused until the reply. Where
 * there is no lease to be had it goes over the shared connection. Confined to the lane.
 */
final class ScriptTrial implements Lease.Holder, LeasePool.Outcome {
    private static final byte[] SCRIPT = {'S', 'C', 'R', 'I', 'P', 'T'};
    private static final byte[] LOAD = {'L', 'O', 'A', 'D'};

    private final ClientSession session;
    private final House house;
    private final ReplySink to;
    private final String name;
    private final byte[][] arguments;
    private final Retry retry;
    private @Nullable Lease lease;
    private long sentNanos;
    private boolean loaded;
    /** It waits for no lease any more: its client has left, or it went another way. */
    private boolean over;

    /** @param to gets the reply */
    ScriptTrial(ClientSession session, House house, ReplySink to, String name, byte[][] arguments) {
        this.session = session;
        this.house = house;
        this.to = to;
        this.name = name;
        this.arguments = arguments;
        this.retry = new Retry(house, true, false, session.holdBudgetNanos());
    }

    /** Nothing is pending. */
    void begin() {
        session.pause(Pause.ANSWER);
        house.scripts().beginTrial(name, house.lane().nanoTime());
        ask();
    }

    private void ask() {
        house.leases().acquire(session.upstream().key(), this, LeaseReason.SCRIPT, retry.leftNanos(), this);
    }

    @Override
    public void leased(Lease granted) {
        lease = granted;
        sentNanos = house.lane().nanoTime();
        if (!retry.isRefused()) {
            session.addPending(1);
        }
        retry.onSending();
        call(granted);
    }

    private void call(Lease on) {
        on.submit(this, arguments);
    }

    @Override
    public void failed(String error) {
        house.scripts().endTrial(name, false);
        if (retry.isRefused()) {
            to.onFailure(error);
            session.flushSoon();
        } else if (Failures.isBusy(error)) {
            session.replyError(error);
            session.flushSoon();
        } else {
            shared(error);
        }
        session.resume(Pause.ANSWER);
    }

    private void shared(String error) {
        ByteBuf call = call();
        if (session.upstream().submit(to, call, 0, call.writerIndex(), 1, true)) {
            session.addPending(1);
        } else {
            session.replyError(error);
            session.flushSoon();
        }
        call.release();
    }

    private ByteBuf call() {
        ByteBuf call = house.lane().allocator().directBuffer();
        RespWriter.command(call, arguments);
        return call;
    }

    /** Where Redis is away the call waits with all others, and memory may answer it: a wait for a lease would only come on top of that. */
    @Override
    public boolean isWanted() {
        if (!over && session.hasLeft()) {
            over = true;
            house.scripts().endTrial(name, false);
        } else if (!over && !retry.isRefused() && !session.upstream().isForwarding()) {
            over = true;
            house.scripts().endTrial(name, false);
            session.upstream().miss();
            shared(Failures.backlogFull());
            session.resume(Pause.ANSWER);
        }
        return !over;
    }

    // ---- the reply

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        if (Scripts.isNoScript(buf, from, length) && load()) {
            return;
        }
        if (retry.takes(lease, buf, from, length, this::ask)) {
            lease = null;
            loaded = false; // the next may be at another server
            return;
        }
        boolean ran = buf.getByte(from) != '-';
        to.onReplies(buf, from, length, count);
        end(ran);
    }

    /** Redis does not have it, and it was here: once, loads it and calls it again. Nothing that the session has sent is behind it. */
    private boolean load() {
        byte[] body = loaded ? null : house.scripts().body(name);
        Lease on = lease;
        if (body == null || on == null) {
            return false;
        }
        loaded = true;
        on.submit(Swallow.SINK, SCRIPT, LOAD, body);
        call(on);
        return true;
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        to.onReplyPart(buf, from, length, last);
        if (last) {
            end(true);
        }
    }

    private void end(boolean ran) {
        house.scripts().endTrial(name, ran && house.lane().nanoTime() - sentNanos <= Scripts.QUICK_NANOS);
        Lease done = lease;
        lease = null;
        if (done != null) {
            done.release();
        }
        session.resume(Pause.ANSWER);
    }

    @Override
    public void onFailure(String error) {
        to.onFailure(error);
    }

    @Override
    public void onReplyCut() {
        to.onReplyCut();
    }

    @Override
    public void onLeaseLost(Lease lost) {
        lease = null;
        house.scripts().endTrial(name, false);
        session.flushSoon();
        session.resume(Pause.ANSWER);
        new FenceWait(session, house).beginUnlessPaused();
    }

    @Override
    public boolean wantsUnsent() {
        return session.wantsUnsent();
    }

    @Override
    public ReplySink client() {
        return session;
    }

    @Override
    public long holdBudgetNanos() {
        return session.holdBudgetNanos();
    }

    @Override
    public void onRelayed(ByteBuf bytes) {
        throw new IllegalStateException("a script's lease does not relay");
    }

    @Override
    public long id() {
        return session.id();
    }

    @Override
    public void onLeaseWritable() {
        // it is given one command
    }
}
