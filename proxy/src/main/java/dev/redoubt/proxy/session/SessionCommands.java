package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.SharedUpstream;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commands about the session itself: HELLO, AUTH, SELECT, CLIENT, RESET, QUIT. Replies and errors as Redis 7.0 gives them ({@code networking.c}, {@code db.c}, {@code acl.c}). Confined to the lane. */
final class SessionCommands {
    private static final int DATABASES = 16;
    /** As {@code string2ll} in util.c, but for the last few numbers below 2^63. */
    static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final Runnable onReset;
    private final Greetings greetings;

    SessionCommands(ClientSession session, House house, ClientState state, Runnable onReset) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.onReset = onReset;
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
            default -> new ClientCommand(session, house, state).run(command);
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

    void moveTo(UpstreamKey key) {
        state.setKey(key);
        session.moveTo(house.server().shared(key));
    }

    private void reset() {
        onReset.run();
        moveTo(house.server().defaultKey(house.database(), 2));
        state.setName("");
        RespWriter.simpleString(session.reply(), "RESET");
    }

    private void auth(Command command) {
        if (command.count() > 3) {
            session.replyError("ERR syntax error");
            return;
        }
        String user = command.count() == 3 ? command.text(1) : null;
        Credentials credentials = credentials(user, command.text(command.count() - 1));
        authenticate(credentials, error -> {
            if (error == null) {
                RespWriter.simpleString(session.reply(), "OK");
            } else {
                session.replyError(error);
            }
        });
    }

    static Credentials credentials(@Nullable String user, String password) {
        return new Credentials("default".equals(user) ? null : user, password);
    }

    /** Checks them, moves the session to that user's connection if they are right, and goes on. */
    void authenticate(Credentials credentials, Authenticator.Outcome then) {
        session.pause(Pause.ANSWER);
        house.authenticator().verify(credentials, session.holdBudgetNanos(), error -> {
            if (session.hasLeft()) {
                return;
            }
            if (error == null) {
                moveTo(state.key().withCredentials(credentials));
                house.clients().onAuthenticated(house);
            }
            then.done(error);
            session.flushSoon();
            session.resume(Pause.ANSWER);
        });
    }

    private void select(Command command) {
        String text = command.text(1);
        if (!INTEGER.matcher(text).matches()) {
            session.replyError("ERR value is not an integer or out of range");
            return;
        }
        long wide = Long.parseLong(text);
        if (wide < Integer.MIN_VALUE || wide > Integer.MAX_VALUE) {
            session.replyError("ERR value is out of range, value must between -2147483648 and 2147483647");
            return;
        }
        if (wide < 0) {
            session.replyError("ERR DB index is out of range");
            return;
        }
        selectDatabase((int) wide);
    }

    private void selectDatabase(int database) {
        UpstreamKey key = state.key().withDatabase(database);
        SharedUpstream wanted = house.server().shared(key);
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
