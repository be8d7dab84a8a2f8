package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.LeasePool;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session does on a connection of its own, and why it has one. One per session, confined to the lane.
 *
 * <pre>
 *  FREE --WATCH--> WATCHING --EXEC, DISCARD, UNWATCH--> FREE
 *  FREE --BLPOP, WAIT, SCRIPT KILL--> ONE_COMMAND --reply--> FREE
 *  FREE --a large command--> STREAMING --its end--> ONE_COMMAND --reply--> FREE
 *  FREE or WATCHING --MONITOR, ...--> RELAYING, for the session's life
 * </pre>
 */
final class LeaseDesk {
    private enum Use {
        FREE,
        ASKED,
        WATCHING,
        ONE_COMMAND,
        STREAMING,
        /** Nobody takes the large command: its bytes are read and dropped. */
        SKIPPING,
        /** A transaction that changes its connection, which is then kept. */
        UNIT,
        RELAYING
    }

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private Use use = Use.FREE;
    private @Nullable Lease lease;
    private byte @Nullable [] largeKey;
    private @Nullable Transaction waiting;
    private boolean inMulti;
    private boolean blocking;
    private boolean releaseWhenAnswered;

    LeaseDesk(ClientSession session, House house, ClientState state) {
        this.session = session;
        this.house = house;
        this.state = state;
    }

    boolean isFree() {
        return use == Use.FREE;
    }

    boolean isStreaming() {
        return use == Use.STREAMING || use == Use.SKIPPING;
    }

    boolean isBlocking() {
        return blocking && use != Use.FREE;
    }

    /** Redis's id of the connection on which a command waits; -1 if none does. */
    long blockedAt() {
        Lease held = lease;
        return blocking && use == Use.ONE_COMMAND && held != null ? held.clientId() : -1;
    }

    boolean isInMulti() {
        return use == Use.WATCHING && inMulti;
    }

    boolean isRelaying() {
        return use == Use.RELAYING;
    }

    // ---- reasons for a lease

    void watch(Command command, Transactions transactions) {
        if (command.name().equals("unwatch") || transactions.isWatchLost()) {
            if (command.name().equals("unwatch")) {
                transactions.forgetWatch();
            }
            RespWriter.simpleString(session.reply(), "OK"); // a lost watch stays lost, whatever is watched after it
            return;
        }
        ask(Use.WATCHING, granted -> submit(granted, command.arguments()));
    }

    /** A command that may wait at the server. */
    void block(Command command) {
        forOneCommand(command);
        blocking = true;
    }

    void forOneCommand(Command command) {
        ask(Use.ONE_COMMAND, granted -> submit(granted, command.arguments()));
    }

    /** Redis counts replicas for the offset of this connection's last command: PING brings that past all that the session wrote elsewhere. */
    void waitForReplicas(Command command) {
        ask(Use.ONE_COMMAND, granted -> {
            encode(out -> granted.submit(Swallow.SINK, out, 0, out.writerIndex(), 1), new byte[][] {{'P', 'I', 'N', 'G'}
            });
            submit(granted, command.arguments());
        });
    }

    void dedicate(Command command) {
        ask(Use.RELAYING, granted -> {
            granted.relay();
            relayCommand(granted, command.arguments());
        });
    }

    /** Takes the transaction. */
    void execAlone(Transaction transaction) {
        waiting = transaction;
        ask(Use.UNIT, granted -> {
            ByteBuf unit = transaction.complete();
            granted.submitUnit(session, unit, 0, unit.writerIndex(), transaction.unitCommands());
            releaseWaiting();
            session.addPending(1);
        });
    }

    private void releaseWaiting() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }

    /** @param onlyKey the one key that the command writes; null if it may write others */
    void beginLarge(byte @Nullable [] onlyKey) {
        largeKey = onlyKey;
        ask(Use.STREAMING, granted -> {
            granted.beginStream(session);
            session.addPending(1);
        });
    }

    private void ask(Use purpose, Consumer<Lease> onGranted) {
        use = Use.ASKED;
        blocking = false;
        session.pause(Pause.ANSWER);
        house.leases().acquire(state.key(), session, new LeasePool.Outcome() {
            @Override
            public void leased(Lease granted) {
                lease = granted;
                use = purpose;
                inMulti = false;
                releaseWhenAnswered = false;
                onGranted.accept(granted);
                session.resume(Pause.ANSWER);
            }

            @Override
            public void failed(String error) {
                use = purpose == Use.STREAMING ? Use.SKIPPING : Use.FREE;
                releaseWaiting();
                session.replyError(error);
                session.flushSoon();
                session.resume(Pause.ANSWER);
            }

            @Override
            public boolean isWanted() {
                return use == Use.ASKED;
            }
        });
    }

    // ---- commands while there is one

    /** A command of a session that has a lease. False if it is not for the lease, or has to wait: the session is paused then. */
    boolean onCommand(Command command, Route route) {
        if (use != Use.WATCHING || releaseWhenAnswered) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        boolean local = command.name().equals("quit")
                || command.name().equals("reset")
                || (route == Route.SESSION && isHarmless(command));
        if (local && !(inMulti && route == Route.SESSION && isHarmless(command))) {
            return waitForReplies();
        }
        if (!inMulti && (route == Route.SUBSCRIBE || route == Route.MONITOR)) {
            return waitForReplies();
        }
        if (!inMulti && (route == Route.SESSION || route == Route.DEDICATED)) {
            return turnIntoRelay(command);
        }
        if (session.room() <= 0) {
            session.pause(Pause.WINDOW);
            return false;
        }
        note(command.name());
        submit(current(), command.arguments());
        return true;
    }

    /** Returns false, so that the session handles it as soon as nothing is pending. */
    private boolean waitForReplies() {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
        }
        return false;
    }

    private static boolean isHarmless(Command command) {
        return command.name().equals("client") && !command.word(1).equals("REPLY");
    }

    private boolean turnIntoRelay(Command command) {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        use = Use.RELAYING;
        current().relay();
        relayCommand(current(), command.arguments());
        return true;
    }

    private void note(String name) {
        switch (name) {
            case "multi" -> inMulti = true;
            case "exec", "discard" -> {
                releaseWhenAnswered = inMulti;
                inMulti = false;
            }
            case "unwatch" -> releaseWhenAnswered = !inMulti;
            default -> {}
        }
    }

    private void submit(Lease to, byte[][] arguments) {
        encode(out -> to.submit(session, out, 0, out.writerIndex(), 1), arguments);
        session.addPending(1);
    }

    private void encode(Consumer<ByteBuf> use, byte[][] arguments) {
        ByteBuf out = house.lane().allocator().directBuffer();
        try {
            RespWriter.command(out, arguments);
            use.accept(out);
        } finally {
            out.release();
        }
    }

    private void relayCommand(Lease to, byte[][] arguments) {
        ByteBuf out = house.lane().allocator().directBuffer();
        RespWriter.command(out, arguments);
        to.stream(out);
    }

    /** Whether Redis's replies are read, or wait there: the client does not take them. */
    void setReading(boolean reads) {
        if (lease != null) {
            lease.setReading(reads);
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
        drop();
    }

    // ---- the end of a lease

    void onAllAnswered() {
        if (use == Use.ONE_COMMAND || (use == Use.WATCHING && releaseWhenAnswered)) {
            use = Use.FREE;
            Lease done = current();
            lease = null;
            done.release();
        } else if (use == Use.UNIT) {
            use = Use.RELAYING;
            current().relay();
        }
    }

    void onLost(Transactions transactions) {
        Use was = use;
        lease = null;
        use = was == Use.STREAMING ? Use.SKIPPING : Use.FREE;
        if (was == Use.WATCHING) {
            transactions.onWatchLost(inMulti);
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
        use = Use.FREE;
        releaseWaiting();
        Lease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }

    private Lease current() {
        if (lease == null) {
            throw new IllegalStateException("no lease is held: " + use);
        }
        return lease;
    }
}
