package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.LeaseReason;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session does on a connection of its own, and why it has one. One per session, confined to the lane.
 *
 * <pre>
 *  FREE --WATCH--> WATCHING --EXEC, DISCARD, UNWATCH--> FREE
 *  FREE --BLPOP, WAIT--> BLOCKED --reply--> FREE
 *  FREE --a large command--> STREAMING --its end--> ONE_COMMAND --reply--> FREE
 *  FREE or WATCHING --MONITOR, ...--> RELAYING, for the session's life
 * </pre>
 */
final class LeaseDesk {
    private enum Use {
        FREE,
        ASKED,
        WATCHING,
        BLOCKED,
        ONE_COMMAND,
        STREAMING,
        /** Nobody takes the large command: its bytes are read and dropped. */
        SKIPPING,
        UNIT,
        RELAYING
    }

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final ReplyMode replies;
    private Use use = Use.FREE;
    private @Nullable Lease lease;
    private @Nullable Watch watch;
    private @Nullable BlockingCall call;
    private byte @Nullable [] largeKey;
    private @Nullable ChangingUnit unit;
    private boolean waitsOnWatch;

    LeaseDesk(ClientSession session, House house, ClientState state, ReplyMode replies) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.replies = replies;
    }

    /** The connection that it holds; null if there is none, or only a blocking command's. */
    @Nullable
    Lease held() {
        return lease;
    }

    boolean isFree() {
        return use == Use.FREE;
    }

    boolean isStreaming() {
        return use == Use.STREAMING || use == Use.SKIPPING;
    }

    boolean isBlocking() {
        return waitsOnWatch || (call != null && call.takes());
    }

    /** Redis's id of the connection on which a command waits; -1 if none does. */
    long blockedAt() {
        long onWatch = waitsOnWatch && lease != null ? lease.clientId() : -1;
        return call == null ? onWatch : call.clientId();
    }

    boolean isRelaying() {
        return use == Use.RELAYING;
    }

    boolean isWatching() {
        return use == Use.WATCHING;
    }

    void watch(Command command, Transactions transactions) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error != null) {
            session.reply().writeBytes(error);
        } else if (command.name().equals("unwatch") || transactions.isWatchLost()) {
            if (command.name().equals("unwatch")) {
                transactions.forgetWatch();
            }
            RespWriter.simpleString(session.reply(), "OK"); // a lost watch stays lost, whatever is watched after it
        } else {
            ask(Use.WATCHING, LeaseReason.WATCH, granted -> {
                watch = new Watch(house, session, granted);
                watch.submit(replies.sink(), command);
                session.addPending(1);
            });
        }
    }

    /** A command that may wait at the server; its connection is its own affair. */
    void block(Command command) {
        use = Use.BLOCKED;
        BlockingCall begun =
                new BlockingCall(house, session, replies.sink(), state.key().shared(), command);
        call = begun;
        session.addPending(1);
        begun.begin();
    }

    void forOneCommand(Command command) {
        LargeReplyCall large = new LargeReplyCall(house, session, replies.sink(), command, this::free);
        ask(Use.ONE_COMMAND, LeaseReason.LARGE_REPLY, large::begin);
    }

    void dedicate(Command command) {
        ask(Use.RELAYING, LeaseReason.DEDICATED, granted -> granted.relay(replies.handOver(command.arguments())));
    }

    /** A transaction that changes its connection; takes it. */
    void execAlone(Transaction transaction) {
        ChangingUnit sent = new ChangingUnit(session, house, state, transaction, new UnitOutcome());
        unit = sent;
        if (use == Use.WATCHING) {
            use = Use.UNIT;
            current().because(LeaseReason.TRANSACTION);
            sent.run(current(), replies.sink());
        } else {
            ask(Use.UNIT, LeaseReason.TRANSACTION, granted -> sent.run(granted, replies.sink()));
        }
    }

    private final class UnitOutcome implements ChangingUnit.Outcome {
        @Override
        public void takenOver() {
            Lease done = current();
            free();
            done.release(done.scrubbing());
        }

        @Override
        public void unique() {
            becomeRelay();
            current().relay(replies.handOver());
        }

        @Override
        public void lost() {
            session.closeWhenSent(); // nobody knows in which database it is
        }
    }

    /** @param onlyKey the one key that the command writes; null if it may write others */
    void beginLarge(byte @Nullable [] onlyKey) {
        largeKey = onlyKey;
        ask(Use.STREAMING, LeaseReason.LARGE_COMMAND, granted -> {
            granted.beginStream(replies.sink());
            session.addPending(1);
        });
    }

    private void ask(Use purpose, LeaseReason reason, Consumer<Lease> onGranted) {
        use = Use.ASKED;
        session.pause(Pause.ANSWER);
        LeasePool.Outcome outcome = new LeasePool.Outcome() {
            @Override
            public void leased(Lease granted) {
                lease = granted;
                use = purpose;
                onGranted.accept(granted);
                session.resume(Pause.ANSWER);
            }

            @Override
            public void failed(String error) {
                use = purpose == Use.STREAMING ? Use.SKIPPING : Use.FREE;
                releaseUnit();
                session.replyError(error);
                session.flushSoon();
                session.resume(Pause.ANSWER);
            }

            @Override
            public boolean isWanted() {
                return use == Use.ASKED;
            }
        };
        house.leases().acquire(state.key().shared(), session, reason, session.holdBudgetNanos(), outcome);
    }

    // ---- commands while there is one

    /** A command of a session that has a lease. False if it is not for the lease, or has to wait: the session is paused then. */
    boolean onCommand(Command command, Route route) {
        Watch mine = watch;
        if (use != Use.WATCHING || mine == null || mine.isEnding()) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        return switch (route) {
            case SESSION, TRANSACTION, SUBSCRIBE, TRACKING, MONITOR, REFUSED -> {
                mustWait(); // for the session to handle, as soon as nothing is pending
                yield false;
            }
            case DEDICATED -> turnIntoRelay(command);
            case WAIT -> waitForReplicas(mine, command);
            case WATCH -> checked(mine, command);
            case SHARED, AUDIENCE, CURSOR, SCRIPT, INFO, USERS, LARGE, BLOCKING, KILL -> onLease(mine, command, route);
        };
    }

    private boolean mustWait() {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
        }
        return session.pending() > 0;
    }

    private boolean checked(Watch mine, Command command) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error == null) {
            return onLease(mine, command, Route.WATCH);
        }
        if (mustWait()) {
            return false;
        }
        session.reply().writeBytes(error);
        return true;
    }

    private boolean onLease(Watch mine, Command command, Route route) {
        if (session.room() <= 0) {
            session.pause(Pause.WINDOW);
            return false;
        }
        waitsOnWatch |= route == Route.BLOCKING;
        mine.submit(replies.sink(), command);
        session.addPending(1);
        return true;
    }

    private boolean waitForReplicas(Watch mine, Command command) {
        if (mustWait()) {
            return false;
        }
        session.addPending(1);
        mine.waitForReplicas(replies.sink(), command);
        return true;
    }

    private boolean turnIntoRelay(Command command) {
        if (mustWait()) {
            return false;
        }
        becomeRelay();
        current().relay(replies.handOver(command.arguments()));
        return true;
    }

    private void becomeRelay() {
        use = Use.RELAYING;
        watch = null;
        current().because(LeaseReason.DEDICATED);
    }

    /** The session goes on in another database, protocol or as another user; to be told before. */
    void follow(UpstreamKey to) {
        if (use == Use.WATCHING && watch != null) {
            watch.follow(state.key(), to);
        }
    }

    /** Sends MULTI ... EXEC on the lease that watches; borrows the transaction. */
    void execWatched(Transaction transaction) {
        Objects.requireNonNull(watch, "nothing is watched").exec(replies.sink(), transaction);
        session.addPending(1);
    }

    /** DISCARD, or an EXEC that failed before it was sent: nothing is watched any more, and nothing is pending. */
    void endWatch() {
        Watch mine = watch;
        if (use == Use.WATCHING && mine != null) {
            free();
            mine.release();
        }
    }

    /** Passes bytes on unseen; takes the buffer. */
    void relay(ByteBuf bytes) {
        house.memory().onUnreadable(state.key(), null);
        if (!current().stream(bytes)) {
            session.pause(Pause.CONGESTION);
        }
    }

    /** Passes a piece of a large command on; borrows the buffer. */
    void stream(ByteBuf in, int from, int length, boolean last) {
        if (use == Use.SKIPPING) {
            use = last ? Use.FREE : use;
            return;
        }
        boolean writable = current().stream(in.retainedSlice(from, length));
        if (last) {
            house.memory().onUnreadable(state.key(), largeKey);
            use = Use.ONE_COMMAND;
            current().endStream();
        } else if (!writable) {
            session.pause(Pause.CONGESTION);
        }
    }

    /** The large command will never be whole: Redis drops what it has of it, and there is no reply to wait for. */
    void abortLarge() {
        if (use == Use.STREAMING) {
            session.addPending(-1);
        }
        if (isStreaming()) {
            drop();
        }
    }

    void onAllAnswered() {
        waitsOnWatch = false;
        BlockingCall blocked = call;
        Watch mine = watch;
        if (use == Use.BLOCKED && blocked != null) {
            free();
            blocked.release();
        } else if (use == Use.ONE_COMMAND) {
            Lease done = current();
            free();
            done.release();
        } else if (use == Use.WATCHING && mine != null && mine.isOver()) {
            free();
            mine.release();
        }
    }

    private void free() {
        use = Use.FREE;
        lease = null;
        watch = null;
        call = null;
        waitsOnWatch = false;
    }

    @SuppressWarnings("ReferenceEquality") // that lease itself
    void onLost(Lease lost, Transactions transactions) {
        if (lost != lease) {
            return; // given back already, or a blocking command's, which sees to itself
        }
        Use was = use;
        boolean watched = watch != null && watch.isWatching();
        free();
        use = was == Use.STREAMING ? Use.SKIPPING : Use.FREE;
        if (watched) {
            transactions.onWatchLost();
        }
        if (was == Use.RELAYING) {
            session.closeWhenSent();
        } else {
            session.resume(Pause.CONGESTION);
            session.resume(Pause.REPLIES_DUE);
        }
    }

    /** Ends it, with whatever is in flight on it: a client that left must not have an element popped for it. */
    void drop() {
        Lease held = lease;
        BlockingCall blocked = call;
        free();
        releaseUnit();
        if (blocked != null) {
            blocked.cancel();
        }
        if (held != null) {
            held.close();
        }
    }

    private void releaseUnit() {
        if (unit != null) {
            unit.release();
            unit = null;
        }
    }

    private Lease current() {
        return Objects.requireNonNull(lease, "no lease is held");
    }
}
