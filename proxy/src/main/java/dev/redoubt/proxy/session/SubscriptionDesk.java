package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.pubsub.Kind;
import dev.redoubt.proxy.pubsub.Receiver;
import dev.redoubt.proxy.pubsub.Subscriber;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session's subscriptions, and what it may do while it has some; replies and errors as {@code processCommand} and {@code pubsub.c} in Redis 7.0 give them. One per session, confined to the lane.
 */
final class SubscriptionDesk implements Subscriber.Client, Receiver.Target {
    private static final Set<String> ALLOWED = Set.of("ping", "quit", "reset");

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private @Nullable Subscriber subscriber;
    private @Nullable ByteBuf putOff;
    private boolean midReply;

    SubscriptionDesk(ClientSession session, House house, ClientState state) {
        this.session = session;
        this.house = house;
        this.state = state;
    }

    /** Whether commands need no look for this: nothing is subscribed, or the protocol can tell pushes from replies. */
    boolean isPlain() {
        return subscriber == null || !(subscriber.isAwaited() || isRestricted());
    }

    /** Whether subscription commands are in flight. */
    boolean isAwaited() {
        return subscriber != null && subscriber.isAwaited();
    }

    boolean isSubscribed() {
        return subscriber != null && subscriber.isSubscribed();
    }

    /** How many of that kind it is subscribed to. */
    int count(Kind kind) {
        return subscriber == null ? 0 : subscriber.subscribed(kind);
    }

    /** A RESP2 client that is subscribed may say little else. */
    boolean isRestricted() {
        return isSubscribed() && state.respVersion() < 3;
    }

    /** Whether Redis takes the command; its error is this side's to write, so that has to wait for confirmations in flight. */
    boolean accepts(Command command) {
        return CommandErrors.check(house.table(), command.arguments()) == null;
    }

    /** Joins or leaves; nothing is pending but others of these, and then it is one that Redis {@linkplain #accepts accepts}. */
    void run(Command command) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error != null) {
            session.reply().writeBytes(error);
            return;
        }
        String name = command.name();
        byte[][] names = Arrays.copyOfRange(command.arguments(), 1, command.count());
        Subscriber mine = mine();
        session.addPending(1);
        for (Kind kind : Kind.values()) {
            if (kind.join().equals(name)) {
                mine.join(kind, names);
            } else if (kind.leave().equals(name)) {
                mine.leave(kind, names);
            }
        }
    }

    private Subscriber mine() {
        Subscriber mine = subscriber;
        if (mine == null) {
            mine = house.subscriptions().subscriber(this, state.key().credentials());
            subscriber = mine;
        }
        mine.as(state.key().credentials());
        return mine;
    }

    /** A command of a client that is {@linkplain #isRestricted restricted}; nothing is pending. False for one that is as it always is. */
    boolean restrict(Command command) {
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error != null) {
            session.reply().writeBytes(error);
        } else if (command.name().equals("ping")) {
            ping(command);
        } else if (ALLOWED.contains(command.name())) {
            return false;
        } else {
            session.replyError("ERR Can't execute '" + fullName(command)
                    + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }
        return true;
    }

    private static String fullName(Command command) {
        CommandSpec spec = command.spec();
        return spec == null ? command.name() : spec.of(command.arguments()).name();
    }

    private void ping(Command command) {
        if (command.count() > 2) {
            session.replyError("ERR wrong number of arguments for 'ping' command");
            return;
        }
        byte[] argument = command.count() == 2 ? command.arguments()[1] : new byte[0];
        session.addPending(1);
        mine().ping(error -> {
            if (error == null) {
                ByteBuf out = session.reply();
                RespWriter.arrayHeader(out, 2);
                RespWriter.bulk(out, "pong");
                RespWriter.bulk(out, argument);
                session.onAnswered(1);
            } else {
                session.onFailure(error);
            }
        });
    }

    /** RESET: leaves everything without a word. */
    void reset() {
        if (subscriber != null) {
            subscriber.leaveAll();
        }
    }

    void onClientLeft() {
        if (subscriber != null) {
            subscriber.close();
        }
        if (putOff != null) {
            putOff.release();
            putOff = null;
        }
    }

    // ---- pushes

    @Override
    public int respVersion() {
        return state.respVersion();
    }

    @Override
    public void onMessage(ByteBuf buf, int from, int length) {
        if (midReply) {
            pushes().writeBytes(buf, from, length);
        } else {
            session.output().add(buf, from, length);
            session.markDirty();
            session.checkOutput();
        }
    }

    /** Pushes go between replies, never into one. */
    @Override
    public ByteBuf pushes() {
        if (!midReply) {
            session.markDirty();
            return session.output().unmuted();
        }
        ByteBuf waiting = putOff;
        if (waiting == null) {
            waiting = house.lane().allocator().directBuffer();
            putOff = waiting;
        }
        return waiting;
    }

    @Override
    public void onInvalid(ByteBuf buf, int from, int length) {
        if (buf.getByte(from) != '*' || buf.getByte(from + 1) == '-') {
            onAllInvalid();
        } else if (beginInvalidation()) {
            pushes().writeBytes(buf, from, length);
            session.checkOutput();
        }
    }

    @Override
    public void onAllInvalid() {
        if (beginInvalidation()) {
            RespWriter.nullValue(pushes(), respVersion());
        }
    }

    /** As {@code sendTrackingMessage} in tracking.c of Redis: without RESP3 only those hear of it who are subscribed to something. */
    private boolean beginInvalidation() {
        if (session.hasLeft() || !(respVersion() >= 3 || isSubscribed())) {
            return false;
        }
        ByteBuf out = pushes();
        if (respVersion() >= 3) {
            RespWriter.pushHeader(out, 2, 3);
            RespWriter.bulk(out, "invalidate");
        } else {
            RespWriter.arrayHeader(out, 3);
            RespWriter.bulk(out, "message");
            RespWriter.bulk(out, "__redis__:invalidate");
        }
        return true;
    }

    /** A part of a large reply has gone out. */
    void onReplyPart(boolean last) {
        midReply = !last;
        ByteBuf waiting = putOff;
        if (last && waiting != null) {
            putOff = null;
            pushes().writeBytes(waiting);
            waiting.release();
        }
    }

    @Override
    public void onAnswered() {
        session.onAnswered(1);
    }

    @Override
    public void onFailed(String error) {
        session.onFailure(error);
    }

    @Override
    public void onRevoked() {
        session.cutOff("its user may not be subscribed any more to what it is subscribed to");
    }

    @Override
    public long holdBudgetNanos() {
        return session.holdBudgetNanos();
    }
}
