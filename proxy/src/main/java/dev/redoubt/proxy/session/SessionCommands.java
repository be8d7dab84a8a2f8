package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.Swallow;
import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.OwnConnection;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commands about the session itself: HELLO, AUTH, SELECT, CLIENT, RESET, QUIT. Replies and errors as Redis 7.0 gives them ({@code networking.c}, {@code db.c}, {@code acl.c}). Confined to the lane. */
final class SessionCommands {
    private static final int DATABASES = 16;
    private static final String WRONG_PASSWORD = "WRONGPASS";
    /** As {@code string2ll} in util.c, but for the last few numbers below 2^63. */
    static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private static final Pattern LONG = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final ReplyMode replies;
    private final Runnable onReset;
    private final Consumer<UpstreamKey> onMove;
    private final Greetings greetings;

    /** @param onMove told, before, where the session goes on */
    SessionCommands(
            ClientSession session,
            House house,
            ClientState state,
            ReplyMode replies,
            Runnable onReset,
            Consumer<UpstreamKey> onMove) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.replies = replies;
        this.onReset = onReset;
        this.onMove = onMove;
        this.greetings = new Greetings(house);
    }

    /** While Redis is away: answers what clients ask when they connect, from what was last seen. */
    boolean greet(Command command) {
        return greetings.answer(command, state.respVersion(), session);
    }

    /** Nothing is pending. */
    void run(Command command) {
        CommandSpec spec = command.spec();
        if (spec != null && !spec.of(command.arguments()).acceptsArgumentCount(command.count())) {
            session.reply().writeBytes(CommandErrors.wrongNumberOfArguments(spec.of(command.arguments())));
            return;
        }
        switch (command.name()) {
            case "hello" -> new Hello(command, this).run();
            case "auth" -> auth(command);
            case "select" -> select(command);
            case "reset" -> reset();
            case "quit" -> {
                RespWriter.simpleString(session.reply(), "OK");
                session.quit();
            }
            default -> new ClientCommand(session, house, state, replies).run(command);
        }
    }

    ClientSession session() {
        return session;
    }

    House house() {
        return house;
    }

    ClientState state() {
        return state;
    }

    /** From now on the session is that; a connection of its own goes with it. */
    void moveTo(UpstreamKey key) {
        onMove.accept(key);
        if (key.isOwn() && !key.equals(state.key())) {
            OwnConnection.change(session.upstream(), key, Swallow.SINK, house.lane());
        }
        state.setKey(key);
        session.moveTo(house.server().shared(key));
    }

    private void reset() {
        onReset.run();
        moveTo(house.server().defaultKey(house.database(), 2));
        state.setUser(
                house.authenticator().userOf(state.key()), house.authenticator().admitsAll());
        state.setName("");
        RespWriter.simpleString(session.reply(), "RESET");
    }

    private void auth(Command command) {
        if (command.count() > 3) {
            session.replyError("ERR syntax error");
            return;
        }
        String user = command.count() == 3 ? command.text(1) : null;
        Credentials credentials = new Credentials(user, command.text(command.count() - 1));
        authenticate(credentials, error -> {
            if (error == null) {
                RespWriter.simpleString(session.reply(), "OK");
            } else {
                session.replyError(error);
            }
        });
    }

    /** Checks them, moves the session to that user's connection if they are right, and goes on. */
    void authenticate(Credentials credentials, Authenticator.Outcome then) {
        session.pause(Pause.ANSWER);
        house.authenticator().verify(credentials, session.holdBudgetNanos(), error -> {
            if (session.hasLeft()) {
                return;
            }
            if (error == null) {
                moveTo(house.authenticator().admit(state.key(), credentials));
                state.setUser(credentials.userName(), true);
                house.clients().onAuthenticated(house);
            } else if (error.startsWith(WRONG_PASSWORD)) {
                house.counters().increment(Counter.PASSWORDS_REFUSED);
            }
            then.done(error);
            session.flushSoon();
            session.resume(Pause.ANSWER);
        });
    }

    private @Nullable Credentials configured() {
        return house.server().defaultKey(house.database(), 2).credentials();
    }

    private void select(Command command) {
        Long wide = number(command.text(1));
        if (wide == null) {
            session.replyError("ERR value is not an integer or out of range");
            return;
        }
        if (wide < Integer.MIN_VALUE || wide > Integer.MAX_VALUE) {
            session.replyError("ERR value is out of range, value must between -2147483648 and 2147483647");
            return;
        }
        if (wide < 0) {
            session.replyError("ERR DB index is out of range");
            return;
        }
        if (isOwnUser() && session.upstream().isForwarding()) {
            askForPermission(wide.intValue());
        } else {
            selectDatabase(wide.intValue());
        }
    }

    private static @Nullable Long number(String text) {
        try {
            return LONG.matcher(text).matches() ? Long.valueOf(text) : null;
        } catch (NumberFormatException beyond64Bits) {
            return null;
        }
    }

    /** Whether it speaks as another user than clients do that say nothing. */
    private boolean isOwnUser() {
        Credentials mine = state.key().credentials();
        return mine != null && !mine.equals(configured());
    }

    /** The user's connection to a database may have been made by somebody who may select it. SELECT of the database in which a connection is changes nothing, and tells whether its user may. */
    private void askForPermission(int database) {
        session.pause(Pause.ANSWER);
        Question.ask(
                house,
                session.upstream(),
                answer -> {
                    if (session.hasLeft()) {
                        return;
                    }
                    session.resume(Pause.ANSWER); // before, as the database's connection may have to be waited for
                    if (answer.value() instanceof RespError error) {
                        session.replyError(error.message());
                    } else {
                        selectDatabase(database);
                    }
                    session.flushSoon();
                },
                "SELECT",
                Integer.toString(state.key().database()));
    }

    private void selectDatabase(int database) {
        UpstreamKey key = state.key().withDatabase(database);
        SharedUpstream wanted = house.server().shared(key.shared());
        if (wanted.wasEverReady() || (!house.server().isUp() && database < DATABASES)) {
            moveTo(key);
            RespWriter.simpleString(session.reply(), "OK");
        } else {
            selectNew(key, wanted);
        }
    }

    private void selectNew(UpstreamKey key, SharedUpstream wanted) {
        session.pause(Pause.ANSWER);
        Selection selection = new Selection(key);
        wanted.whenReady(selection::end);
        house.lane().executor().schedule(selection::giveUp, session.holdBudgetNanos());
    }

    /** One SELECT that waits for its database's connection: ended by that, by Redis's refusal, or by the hold budget. */
    private final class Selection {
        private final UpstreamKey key;
        private boolean ended;

        Selection(UpstreamKey key) {
            this.key = key;
        }

        void giveUp() {
            if (!ended && !session.hasLeft()) {
                house.counters().increment(Counter.UNAVAILABLE);
                end(Failures.unavailable(
                        house.server().description(), house.server().lastError()));
            }
        }

        void end(@Nullable String error) {
            if (ended || session.hasLeft()) {
                return;
            }
            ended = true;
            if (error == null) {
                moveTo(key);
                RespWriter.simpleString(session.reply(), "OK");
            } else {
                session.replyError(error);
            }
            session.flushSoon();
            session.resume(Pause.ANSWER);
        }
    }

    /** HELLO's reply. */
    void greeting() {
        int version = state.respVersion();
        ByteBuf out = session.reply();
        RespWriter.mapHeader(out, 7, version);
        pair(out, "server", "redis");
        pair(out, "version", house.server().facts().version());
        RespWriter.bulk(out, "proto");
        RespWriter.integer(out, version);
        RespWriter.bulk(out, "id");
        RespWriter.integer(out, session.id());
        pair(out, "mode", house.server().facts().mode());
        pair(out, "role", house.server().facts().role().equals("slave") ? "replica" : "master");
        RespWriter.bulk(out, "modules");
        RespWriter.arrayHeader(out, 0);
    }

    private static void pair(ByteBuf out, String name, String value) {
        RespWriter.bulk(out, name);
        RespWriter.bulk(out, value);
    }
}
