package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.pubsub.Receiver;
import dev.redoubt.proxy.pubsub.Receivers;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.OwnConnection;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT TRACKING, GETREDIR and TRACKINGINFO, and where the commands of a session that tracks go: all to a data connection of its own, also those that others need a lease for, since Redis tracks what one
 * connection reads (docs/decisions/0020). One per session, confined to the lane.
 */
final class TrackingDesk {
    private static final byte[] UNWATCH = {'U', 'N', 'W', 'A', 'T', 'C', 'H'};

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final Tracker tracker;
    private final ReplyMode replies;

    TrackingDesk(ClientSession session, House house, ClientState state, Tracker tracker, ReplyMode replies) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.tracker = tracker;
        this.replies = replies;
    }

    boolean isOn() {
        return tracker.isOn();
    }

    /** Nothing is pending.
     *
     * @param watching whether keys are watched on a lease: what a transaction reads there would not be tracked
     */
    void run(Command command, boolean watching) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error != null) {
            session.reply().writeBytes(error);
            return;
        }
        switch (command.word(1)) {
            case "TRACKING" -> tracking(command, watching);
            case "GETREDIR" -> RespWriter.integer(session.reply(), tracker.redirect());
            default -> info(command);
        }
    }

    private void tracking(Command command, boolean watching) {
        boolean on = command.word(2).equals("ON");
        Redirect redirect =
                Redirect.find(command.arguments(), id -> house.clients().find(id) != null);
        if (!redirect.error().isEmpty()) {
            session.replyError(redirect.error());
        } else if (house.server().isDisabled()) {
            session.replyError(
                    "UNAVAILABLE there is no Redis by configuration, and memory does not track keys; nothing is tracked");
        } else if (on && watching) {
            session.replyError(
                    "ERR CLIENT TRACKING is not possible through Redoubt while keys are watched: EXEC or UNWATCH first");
        } else if (!on && !isOn()) {
            send(command.arguments(), replies.sink()); // nothing changes; Redis has the word for it
        } else if (!state.key().isOwn() && !house.leases().reserve()) {
            session.replyError(house.leases().exhausted());
        } else {
            begin(command, on, redirect);
        }
    }

    private void begin(Command command, boolean on, Redirect redirect) {
        if (!state.key().isOwn()) {
            moveTo(state.key().withTenant(tracker));
        }
        session.pause(Pause.ANSWER);
        Receiver receiver = redirect.client() == 0 ? null : receiver(redirect.client());
        Attempt attempt = new Attempt(command.arguments(), on, redirect, receiver);
        if (receiver == null) {
            attempt.send();
        } else {
            receiver.add(attempt);
            house.lane().executor().schedule(attempt::giveUp, session.holdBudgetNanos());
            receiver.whenReady(attempt::send);
        }
    }

    private Receiver receiver(long client) {
        Receivers receivers = house.subscriptions().receivers();
        ClientSession target = house.clients().find(client);
        if (target == null) {
            throw new IllegalStateException("that client has just been there");
        }
        return receivers.of(client, target.subscriptions(), state.key().credentials());
    }

    private void moveTo(UpstreamKey key) {
        state.setKey(key);
        session.moveTo(house.server().shared(key));
    }

    private boolean send(byte[][] arguments, ReplySink replies) {
        ByteBuf out = house.lane().allocator().directBuffer();
        try {
            RespWriter.command(out, arguments);
            if (session.upstream().submit(replies, out, 0, out.writerIndex(), 1, false)) {
                session.addPending(1);
                return true;
            }
        } finally {
            out.release();
        }
        house.counters().increment(Counter.BACKLOG_FULL);
        session.replyError(Failures.backlogFull());
        return false;
    }

    /** One CLIENT TRACKING that waits for the client that it redirects to, and then for Redis. */
    private final class Attempt implements Receiver.Sender {
        private final byte[][] arguments;
        private final boolean on;
        private final Redirect redirect;
        private final @Nullable Receiver receiver;
        private final ReplySink to = replies.sink();
        private boolean sent;

        Attempt(byte[][] arguments, boolean on, Redirect redirect, @Nullable Receiver receiver) {
            this.arguments = arguments;
            this.on = on;
            this.redirect = redirect;
            this.receiver = receiver;
        }

        /** What was sent with the old id is refused by Redis. */
        @Override
        public void onReceiverChanged() {}

        void send() {
            if (sent) {
                return;
            }
            sent = true;
            if (session.hasLeft()) {
                end(false);
                return;
            }
            byte[][] translated = receiver == null ? arguments : redirect.translated(arguments, receiver.id());
            if (!TrackingDesk.this.send(translated, new TrackingReply(to, this::end))) {
                end(false);
            }
            session.flushSoon();
        }

        void giveUp() {
            if (!sent && session.hasLeft()) {
                send();
            } else if (!sent) {
                sent = true;
                house.counters().increment(Counter.UNAVAILABLE);
                session.replyError(Failures.unavailable(
                        house.server().description(), house.server().lastError()));
                session.flushSoon();
                end(false);
            }
        }

        private void end(boolean accepted) {
            if (accepted && on && !session.hasLeft()) {
                tracker.set(TrackingOptions.of(arguments), redirect.client(), receiver);
            } else if (accepted) {
                tracker.clear();
            }
            if (receiver != null) {
                receiver.remove(this);
            }
            house.lane().atEndOfTurn(this::goOn); // the connection may be in the middle of a read
        }

        private void goOn() {
            if (!session.hasLeft()) {
                leaveIfOff();
                session.resume(Pause.ANSWER);
            }
        }
    }

    private void leaveIfOff() {
        if (!isOn() && state.key().isOwn()) {
            house.leases().giveBack();
            moveTo(state.key().shared());
        }
    }

    private void info(Command command) {
        TrackingOptions options = tracker.options();
        if (options != null && tracker.isBrokenHere()) {
            brokenInfo(options);
        } else {
            boolean translates = tracker.redirect() > 0 && !replies.isSilent();
            send(command.arguments(), translates ? new TrackingInfo(session, tracker.redirect()) : replies.sink());
        }
    }

    /** Redis knows nothing of it: it would not redirect to a client that is gone. */
    private void brokenInfo(TrackingOptions options) {
        int version = state.respVersion();
        ByteBuf out = session.reply();
        RespWriter.mapHeader(out, 3, version);
        RespWriter.bulk(out, "flags");
        RespWriter.setHeader(out, options.words().size() + 2, version);
        RespWriter.bulk(out, "on");
        options.words().forEach(word -> RespWriter.bulk(out, word.toLowerCase(Locale.ROOT)));
        RespWriter.bulk(out, "broken_redirect");
        RespWriter.bulk(out, "redirect");
        RespWriter.integer(out, tracker.redirect());
        RespWriter.bulk(out, "prefixes");
        RespWriter.arrayHeader(out, options.prefixes().size());
        options.prefixes().forEach(prefix -> RespWriter.bulk(out, prefix));
    }

    // ---- the commands of a session that tracks

    /** Where a command goes: nobody else is on this connection whom a wait or a watch could hurt. */
    Route route(Command command, Route usual, boolean watchLost) {
        if (!isOn()) {
            return usual;
        }
        if (usual == Route.SCRIPT || usual == Route.LARGE) {
            return Route.SHARED;
        }
        if (usual == Route.BLOCKING && !session.hasInputEnded() && !keepsItsTime(command)) {
            tracker.onBlocking();
            return Route.SHARED;
        }
        if (usual == Route.WATCH && !watchLost) {
            tracker.onWatch(command.name().equals("watch"));
            return Route.SHARED;
        }
        return usual;
    }

    /** Without Redis a command that waits keeps its own time-out, as everybody's; Redis does not track what is written, so that it may as well go out elsewhere then. */
    private boolean keepsItsTime(Command command) {
        return !session.upstream().isForwarding()
                && command.writes()
                && session.pending() == 0
                && !tracker.isWatching();
    }

    /** Redis does not know of a MULTI that was dropped here, and so would go on watching. */
    void onTransaction(boolean open) {
        if (!open && isOn() && tracker.onTransactionEnd()) {
            OwnConnection.say(session.upstream(), new byte[][] {UNWATCH}, Swallow.SINK, house.lane());
        }
    }

    /** RESET, or the client has left. */
    void end() {
        tracker.clear();
        if (state.key().isOwn()) {
            house.leases().giveBack();
            state.setKey(state.key().shared());
        }
    }
}
