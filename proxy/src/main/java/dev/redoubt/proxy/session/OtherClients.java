package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT LIST, KILL, UNBLOCK, PAUSE and UNPAUSE: what a client says about others, which are those of this proxy, by the ids that CLIENT ID gave them. Replies and errors as {@code clientCommand} in
 * networking.c of Redis 7.0. One per session, confined to the lane.
 *
 * <p>Whether the user may say such a thing is Redis's to decide, by its ACLs: it is asked first, with the same subcommand about a client that cannot be.
 */
final class OtherClients {
    private static final String NOBODY = Long.toString(Long.MAX_VALUE);

    private final ClientSession session;
    private final House house;
    private final ClientState state;

    OtherClients(ClientSession session, House house, ClientState state) {
        this.session = session;
        this.house = house;
        this.state = state;
    }

    /** CLIENT INFO: about itself, so nobody is asked. */
    void info(Command command) {
        StringBuilder text = new StringBuilder();
        ClientLine.append(text, session, house.lane().nanoTime(), ClientLine.Query.of(command));
        verbatim(text.append('\n'));
    }

    void list(Command command) {
        ClientFilter filter = ClientFilter.ofList(command);
        if (filter.error() != null) {
            session.replyError(filter.error());
            return;
        }
        ClientLine.Query query = ClientLine.Query.of(command);
        ifAllowed(new String[] {"CLIENT", "LIST", "ID", NOBODY}, () -> {
            long now = house.lane().nanoTime();
            StringBuilder text = new StringBuilder();
            for (ClientSession client : house.clients().all()) {
                if (filter.matches(client, session)) {
                    boolean asks = client.id() == session.id();
                    ClientLine.append(text, client, now, asks ? query : ClientLine.Query.NONE);
                    text.append('\n');
                }
            }
            verbatim(text);
        });
    }

    private void verbatim(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        RespWriter.verbatim(session.reply(), bytes, state.respVersion());
    }

    void kill(Command command) {
        ClientFilter filter = ClientFilter.ofKill(command);
        String user = filter.user();
        boolean oldForm = command.count() == 3;
        if (filter.error() != null) {
            session.replyError(filter.error());
            return;
        }
        ifAllowed(new String[] {"CLIENT", "KILL", "ID", NOBODY}, () -> {
            if (user == null || isKnown(user)) {
                kill(filter, oldForm);
            } else if (house.authenticator().admitsAll()) {
                askForUser(user, () -> kill(filter, oldForm));
            } else {
                session.replyError(noSuchUser(user));
            }
        });
    }

    private void kill(ClientFilter filter, boolean oldForm) {
        List<ClientSession> killed = house.clients().all().stream()
                .filter(client -> filter.matches(client, session))
                .toList();
        if (!oldForm) {
            RespWriter.integer(session.reply(), killed.size());
        } else if (killed.isEmpty()) {
            session.replyError("ERR No such client");
        } else {
            RespWriter.simpleString(session.reply(), "OK");
        }
        for (ClientSession client : killed) {
            if (client.id() == session.id()) {
                client.closeWhenSent();
            } else {
                client.close();
            }
        }
    }

    private boolean isKnown(String user) {
        return house.authenticator().knows(user)
                || house.clients().all().stream()
                        .anyMatch(client -> user.equals(client.profile().state().user()));
    }

    private static String noSuchUser(String user) {
        return "ERR No such user '" + user + "'";
    }

    /** A user that has no client here may exist all the same. */
    private void askForUser(String user, Runnable then) {
        ask(
                house.server().shared(house.server().defaultKey(0, 2)),
                answer -> {
                    if (session.hasLeft()) {
                        return;
                    }
                    if (answer.value() == null || answer.value() instanceof RespError) {
                        session.replyError(noSuchUser(user));
                    } else {
                        then.run();
                    }
                },
                "ACL",
                "GETUSER",
                user);
    }

    /** Redis is told the id of the connection on which the client waits. */
    void unblock(Command command) {
        byte[][] arguments = command.arguments().clone();
        ClientSession blocked = find(command.text(2));
        if (SessionCommands.INTEGER.matcher(command.text(2)).matches()) {
            long id = blocked == null ? -1 : blocked.profile().dispatcher().blockedAt();
            arguments[2] = (id < 0 ? NOBODY : Long.toString(id)).getBytes(StandardCharsets.US_ASCII);
        }
        if (!isAsked()) {
            RespWriter.integer(session.reply(), 0);
            return;
        }
        forward(arguments);
    }

    private @Nullable ClientSession find(String id) {
        return SessionCommands.INTEGER.matcher(id).matches() ? house.clients().find(Long.parseLong(id)) : null;
    }

    private void forward(byte[][] arguments) {
        ByteBuf out = house.lane().allocator().directBuffer();
        try {
            RespWriter.command(out, arguments);
            if (session.upstream().submit(session.profile().dispatcher().sink(), out, 0, out.writerIndex(), 1, false)) {
                session.addPending(1);
            } else {
                session.replyError("UNAVAILABLE Redis is away; CLIENT was not applied");
            }
        } finally {
            out.release();
        }
    }

    /** Held here from this moment on, so that nothing held is on its way when Redis begins. */
    void pause(Command command) {
        PauseRequest request = PauseRequest.of(command);
        if (request == null) {
            forward(command.arguments()); // Redis has the error for it, or nothing to do
            return;
        }
        ClientPause pause = house.clients().pause();
        ClientPause.State before = pause.state();
        request.begin(house);
        tell(command, denied -> {
            if (denied) {
                pause.restore(house.lane(), before);
            } else {
                request.begin(house);
            }
        });
    }

    void unpause(Command command) {
        tell(command, denial -> {
            if (!denial) {
                house.clients().pause().end();
            }
        });
    }

    /** Tells Redis too, while it is there. The consumer hears whether Redis refused, even if the client has left by then. */
    private void tell(Command command, Consumer<Boolean> then) {
        if (!isAsked()) {
            then.accept(false);
            RespWriter.simpleString(session.reply(), "OK");
            return;
        }
        String[] words = new String[command.count()];
        Arrays.setAll(words, command::text);
        ask(
                session.upstream(),
                answer -> {
                    then.accept(answer.value() instanceof RespError);
                    if (session.hasLeft()) {
                        return;
                    }
                    if (answer.value() instanceof RespError error) {
                        session.replyError(error.message());
                    } else {
                        RespWriter.simpleString(session.reply(), "OK");
                    }
                },
                words);
    }

    // ---- asking Redis

    private void ifAllowed(String[] question, Runnable then) {
        if (isAsked()) {
            ask(session.upstream(), answer -> onAllowed(answer, then), question);
        } else if (Objects.equals(
                state.key().credentials(), house.server().defaultKey(0, 2).credentials())) {
            then.run(); // it is who the proxy is, and may do what the proxy may
        } else {
            session.replyError("UNAVAILABLE Redis is away, and what the user " + state.user()
                    + " may do is its to say; nothing was done");
        }
    }

    private void onAllowed(Question.Answer answer, Runnable then) {
        if (session.hasLeft()) {
            return;
        }
        if (answer.value() instanceof RespError error && Question.isDenial(answer)) {
            session.replyError(error.message());
        } else {
            then.run();
        }
    }

    private boolean isAsked() {
        return house.server().isUp() && !session.upstream().isAway();
    }

    /** The session waits for the answer. */
    private void ask(SharedUpstream upstream, Consumer<Question.Answer> then, String... words) {
        session.pause(Pause.ANSWER);
        Question.ask(
                house,
                upstream,
                answer -> {
                    then.accept(answer);
                    if (!session.hasLeft()) {
                        session.flushSoon();
                        session.resume(Pause.ANSWER);
                    }
                },
                words);
    }
}
