package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.pubsub.PushHead;
import dev.redoubt.proxy.pubsub.Receiver;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.Identity;
import dev.redoubt.proxy.upstream.OwnConnection;
import dev.redoubt.proxy.upstream.Tenant;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Redis remembers of a session that tracks keys, as far as it must be said again on a new connection, and the pushes that come of it (docs/decisions/0020; {@code tracking.c} in Redis 7.0).
 * One per session, confined to the lane.
 *
 * <p>What is missed while there is no connection is made good by one invalidation of everything: at the loss, since nothing can be heard from then on, and when Redis tracks again.
 */
final class Tracker implements Tenant, Receiver.Sender {
    private final ClientSession session;
    private final ClientState state;
    private final SubscriptionDesk pushes;
    private final Transactions transactions;
    private final Lane lane;
    private @Nullable TrackingOptions options;
    private @Nullable Receiver receiver;
    private @Nullable Identity connection;
    private long redirect;
    private boolean broken;
    private boolean waiting;
    private boolean watching;
    private boolean watchedUnit;
    private boolean owesInvalidation;

    Tracker(ClientSession session, ClientState state, SubscriptionDesk pushes, Transactions transactions, Lane lane) {
        this.lane = lane;
        this.session = session;
        this.state = state;
        this.pushes = pushes;
        this.transactions = transactions;
    }

    boolean isOn() {
        return options != null;
    }

    /** The client that gets the invalidations: 0 for the session itself, -1 if it does not track. */
    long redirect() {
        return isOn() ? redirect : -1;
    }

    /** Whether it redirects to a client that is gone. */
    boolean isBroken() {
        return isOn() && receiver != null && receiver.isEnded();
    }

    /** Whether Redis knows nothing of that, since it would have refused to redirect there. */
    boolean isBrokenHere() {
        return broken;
    }

    boolean isBroadcast() {
        return options != null && options.words().contains("BCAST");
    }

    /** Redis's id of its connection; -1 if that is not known. */
    long connectionId() {
        return connection == null ? -1 : connection.clientId();
    }

    @Nullable
    TrackingOptions options() {
        return options;
    }

    /** Redis has accepted that. */
    void set(TrackingOptions accepted, long client, @Nullable Receiver to) {
        TrackingOptions earlier = options;
        options = earlier == null ? accepted : accepted.after(earlier);
        redirect = client;
        broken = false;
        replaceReceiver(to);
    }

    /** It tracks no more. */
    void clear() {
        options = null;
        broken = false;
        waiting = false;
        watching = false;
        watchedUnit = false;
        replaceReceiver(null);
    }

    private void replaceReceiver(@Nullable Receiver to) {
        Receiver before = receiver;
        receiver = to;
        if (to != null) {
            to.add(this);
        }
        if (before != null && !before.equals(to)) {
            before.remove(this);
        }
    }

    // ---- commands that others need a lease for

    void onBlocking() {
        waiting = true;
    }

    void onWatch(boolean watch) {
        watching = watch;
    }

    /** EXEC was sent, or the transaction ended without. True if Redis is to forget the watch. */
    boolean onTransactionEnd() {
        boolean was = watching;
        watchedUnit |= watching;
        watching = false;
        return was;
    }

    void onAllAnswered() {
        waiting = false;
        watchedUnit = false;
        if (owesInvalidation) {
            owesInvalidation = false;
            invalidateAll();
        }
    }

    /** Memory has answered the session, or will when that is on disk: the invalidation comes behind its reply. */
    void onMemoryAnswer() {
        if (session.pending() > 0) {
            owesInvalidation = isOn();
        } else {
            invalidateAll();
        }
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    @Override
    public boolean isWatching() {
        return watching || watchedUnit;
    }

    // ---- the connection

    @Override
    public void prepare(Runnable then) {
        if (receiver == null) {
            then.run();
        } else {
            receiver.whenReady(then);
        }
    }

    @Override
    public List<byte[][]> introduction() {
        TrackingOptions on = options;
        if (on == null) {
            return List.of();
        }
        broken = receiver != null && receiver.isEnded();
        return broken ? List.of() : List.<byte[][]>of(on.command(receiver == null ? 0 : receiver.id()));
    }

    @Override
    public void onReady(@Nullable Identity as, boolean again) {
        connection = as;
        if (again && broken) {
            tellBroken();
        } else if (again) {
            invalidateAll();
        }
    }

    @Override
    public void onLost() {
        invalidateAll();
        if (watching) {
            watching = false;
            transactions.onWatchLost();
        }
    }

    @Override
    public void onReceiverChanged() {
        TrackingOptions on = options;
        if (on != null && receiver != null) {
            OwnConnection.say(session.upstream(), on.command(receiver.id()), Swallow.SINK, lane);
        }
    }

    // ---- pushes

    @Override
    public void onPush(ByteBuf buf, int from, int length) {
        if (session.hasLeft() || state.respVersion() < 3) {
            return; // the client speaks RESP2 from now on, which has none
        }
        if (!PushHead.read(buf, from).word().equals("tracking-redir-broken")) {
            pushes.onMessage(buf, from, length);
        } else if (receiver != null && receiver.isEnded()) {
            tellBroken();
        }
    }

    private void tellBroken() {
        if (state.respVersion() >= 3 && !session.hasLeft()) {
            ByteBuf out = pushes.pushes();
            RespWriter.pushHeader(out, 2, 3);
            RespWriter.bulk(out, "tracking-redir-broken");
            RespWriter.integer(out, redirect);
        }
    }

    @Override
    public void onPushSkipped() {
        invalidateAll();
    }

    @Override
    public void onAnsweredFromMemory() {
        invalidateAll();
    }

    private void invalidateAll() {
        if (!isOn() || session.hasLeft()) {
            return;
        }
        if (receiver != null) {
            receiver.target().onAllInvalid();
        } else if (state.respVersion() >= 3) {
            pushes.onAllInvalid();
        }
    }
}
