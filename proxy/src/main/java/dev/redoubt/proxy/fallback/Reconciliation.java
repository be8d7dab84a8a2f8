package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Brings the journal to Redis over one connection that nobody else uses meanwhile (its database changes, and it may WATCH).
 * The conversation's content is here, the connection is the caller's:
 *
 * <pre>
 *  while ((replies = next(out)) > 0) { write out; give each of so many replies to onReply }
 *  state(): DONE; or PAUSED for a {@link #problem}: begin another one later
 *  connection lost: onConnectionLost(), and begin another one on the next connection
 * </pre>
 *
 * <p>Entries go in order of acceptance. An entry leaves the journal when Redis has taken its last state, or when it is a
 * conflict; one that was written again meanwhile stays and is sent again. Where scripts are denied, WATCH, GET and MULTI do
 * it, one key at a time. Confined to the lane's event loop.
 */
public final class Reconciliation {
    private static final int NO_DATABASE = -1;

    private final ReplayLedger ledger;
    private final boolean upstreamLostItsData;
    private final Runnable onDone;
    private final ReplayConversation conversation = new ReplayConversation();
    private final ScriptedReplay scripted;
    private final WatchedReplay watched;
    private int selectedDb = NO_DATABASE;
    private boolean isDone;

    /** How far it has come. */
    public enum State {
        RUNNING,
        /** Redis has everything; what was known from before is dropped. */
        DONE,
        /** Redis cannot take it now; nothing is lost. */
        PAUSED
    }

    Reconciliation(ReplayLedger ledger, boolean upstreamLostItsData, Runnable onDone) {
        this.ledger = ledger;
        this.upstreamLostItsData = upstreamLostItsData;
        this.onDone = onDone;
        this.scripted = new ScriptedReplay(conversation, ledger);
        this.watched = new WatchedReplay(conversation, ledger);
    }

    public State state() {
        if (isDone) {
            return State.DONE;
        }
        return conversation.isPaused() ? State.PAUSED : State.RUNNING;
    }

    /** Why it is paused, without keys or values; null if it is not. */
    public @Nullable String problem() {
        return conversation.problem();
    }

    /**
     * Appends the next commands, at most some 256 KB and one value more, and says how many replies they will get. To be
     * called when all earlier replies have come. 0: look at {@link #state}.
     */
    public int next(ByteBuf out) {
        if (conversation.expectedReplies() > 0) {
            throw new IllegalStateException(conversation.expectedReplies() + " replies are still to come");
        }
        if (state() != State.RUNNING) {
            return 0;
        }
        JournalEntry oldest = ledger.journal().oldest();
        if (oldest == null && !watched.isHalfWay()) {
            isDone = true;
            onDone.run();
            return 0;
        }
        write(out, oldest);
        return conversation.expectedReplies();
    }

    private void write(ByteBuf out, @Nullable JournalEntry oldest) {
        if (watched.isHalfWay() || oldest == null) {
            watched.writeTransaction(out);
        } else if (oldest.key().db() != selectedDb) {
            select(out, oldest.key().db());
        } else if (scripted.isDenied()) {
            watched.writeLook(out, oldest, upstreamLostItsData);
        } else {
            scripted.write(out, selectedDb, upstreamLostItsData);
        }
    }

    /** Alone: whatever followed a SELECT that fails would go to the wrong database. */
    private void select(ByteBuf out, int db) {
        RespWriter.command(out, "SELECT", Integer.toString(db));
        conversation.expect(reply -> {
            if (reply.isOk()) {
                selectedDb = db;
            } else if (reply.startsWith("ERR DB index") || reply.startsWith("ERR invalid DB")) {
                ledger.conflictAllIn(db);
            } else {
                conversation.pause(reply);
            }
        });
    }

    /** One complete reply, RESP2 or RESP3; borrowed. */
    public void onReply(ByteBuf reply) {
        conversation.onReply(reply);
    }

    /** What was sent and not answered may have been applied: the next reconciliation takes it for our own. */
    public void onConnectionLost() {
        conversation.onLost();
    }
}
