package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with commands that change their connection (SELECT, CLIENT SETNAME): it runs on a lease, which then is asked what it has become, and the session takes that over. One a transaction, confined to the
 * lane; owns the transaction until that is sent.
 */
final class ChangingUnit implements ReplySink {
    /** Learns how it ended. */
    interface Outcome {
        /** EXEC has its reply, nothing is in flight, and the session is what the connection was. */
        void takenOver();

        /** The same, but for things that only this connection has (tracking, say), or that Redis does not tell. */
        void unique();

        /** The connection was lost, and with it what the session's state is now. */
        void lost();
    }

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final Outcome outcome;
    private @Nullable Transaction transaction;

    ChangingUnit(ClientSession session, House house, ClientState state, Transaction transaction, Outcome outcome) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.transaction = transaction;
        this.outcome = outcome;
    }

    /** Sends it. Two replies are pending then: EXEC's, and one that is not for the client. */
    void run(Lease lease, ReplySink to) {
        Transaction sent = transaction;
        if (sent == null) {
            throw new IllegalStateException("run before");
        }
        lease.submit(Swallow.SINK, "CLIENT", "SETNAME", state.name());
        ByteBuf unit = sent.complete();
        lease.submitUnit(to, unit, 0, unit.writerIndex(), sent.unitCommands());
        lease.submit(this, "CLIENT", "INFO");
        session.addPending(2);
        release();
    }

    /** Drops the transaction, if it has not been sent. */
    void release() {
        if (transaction != null) {
            transaction.release();
            transaction = null;
        }
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        Changed changed = Changed.of(RespValues.text(RespValues.read(buf, from)));
        if (changed == null || !changed.isKeepable() || !isMyUser(changed.user())) {
            outcome.unique();
        } else {
            takeOver(changed);
            outcome.takenOver();
        }
        session.onAnswered(1);
    }

    private boolean isMyUser(String user) {
        Credentials credentials = state.key().credentials();
        return user.equals(credentials == null ? "default" : credentials.userName());
    }

    private void takeOver(Changed changed) {
        UpstreamKey key = state.key().withDatabase(changed.database()).withRespVersion(changed.respVersion());
        state.setName(changed.name());
        state.setKey(key);
        session.moveTo(house.server().shared(key));
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {}

    @Override
    public void onFailure(String error) {
        outcome.lost();
        session.onAnswered(1);
    }

    @Override
    public void onReplyCut() {}

    @Override
    public boolean wantsUnsent() {
        return true;
    }

    @Override
    public long holdBudgetNanos() {
        return session.holdBudgetNanos();
    }
}
