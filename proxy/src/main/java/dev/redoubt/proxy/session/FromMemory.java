package dev.redoubt.proxy.session;

import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.SharedUpstream;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the proxy answers itself while Redis is away. One per session, confined to the lane. */
final class FromMemory {
    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final ReplyMode replies;
    private final SessionCommands sessionCommands;
    private final Tracker tracker;

    FromMemory(
            ClientSession session,
            House house,
            ClientState state,
            ReplyMode replies,
            SessionCommands sessionCommands,
            Tracker tracker) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.replies = replies;
        this.sessionCommands = sessionCommands;
        this.tracker = tracker;
    }

    /** The body of a script goes by, which EVALSHA may ask for in an outage. */
    void note(Command command) {
        if (command.name().equals("eval")) {
            house.memory().onScript(command.arguments()[1]);
        } else if (command.name().equals("script") && command.word(1).equals("LOAD")) {
            house.memory().onScript(command.arguments()[2]);
        }
    }

    /** Nothing is pending: true if the client has its reply, or will get it. */
    boolean answers(Command command, SharedUpstream upstream) {
        if (upstream.isAway() && sessionCommands.greet(command)) {
            house.counters().increment(Counter.ANSWERED_LOCALLY);
            return true;
        }
        if (!upstream.isFallback()) {
            return false;
        }
        if (answerFromMemory(command)) {
            return true;
        }
        if (house.server().isDisabled()) {
            house.counters().increment(Counter.FALLBACK_REFUSED);
            session.replyError(
                    "UNAVAILABLE there is no Redis by configuration and memory cannot answer this command; it was not applied");
            return true;
        }
        return false;
    }

    /** EXEC, with nothing pending: true if the client has its reply, or will get it. */
    boolean execs(Transaction transaction, SharedUpstream upstream) {
        if (!upstream.isFallback()) {
            return false;
        }
        List<byte[][]> queued = transaction.queued();
        MemoryDesk memory = house.memory();
        return answer(
                () -> memory.answerAll(state.key(), queued, session.reply()),
                () -> memory.answerAll(state.key(), queued, replies.sink()));
    }

    private boolean answerFromMemory(Command command) {
        MemoryDesk memory = house.memory();
        return answer(
                () -> memory.answer(state.key(), command.arguments(), session.reply()),
                () -> memory.answer(state.key(), command.arguments(), replies.sink()));
    }

    private boolean answer(BooleanSupplier now, BooleanSupplier later) {
        boolean answered = house.memory().givesLater() ? asPending(later) : now.getAsBoolean();
        if (answered) {
            tracker.onMemoryAnswer();
        }
        return answered;
    }

    private boolean asPending(BooleanSupplier answer) {
        session.addPending(1);
        if (answer.getAsBoolean()) {
            return true;
        }
        session.addPending(-1);
        return false;
    }

    /** Memory's replies to earlier commands are not on disk yet: more of memory's may follow them, anything else waits until they are given. */
    boolean answersBehindOwed(Command command, SharedUpstream upstream) {
        if (upstream.isFallback() && answerFromMemory(command)) {
            return true;
        }
        session.pause(Pause.REPLIES_DUE);
        return false;
    }
}
