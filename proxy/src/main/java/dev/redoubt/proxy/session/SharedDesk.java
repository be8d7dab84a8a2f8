package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.SharedUpstream;

/** What becomes of a single command for the shared connection: sent, held, or answered from memory while Redis is away. One per session, confined to the lane. */
final class SharedDesk {
    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final FromMemory memory;

    SharedDesk(ClientSession session, House house, ClientState state, SessionCommands sessionCommands) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.memory = new FromMemory(session, house, state, sessionCommands);
    }

    /** The body of a script goes by. */
    void note(Command command) {
        memory.note(command);
    }

    /** Sends it, or gives it memory's answer. False if it has to wait: the session is paused then.
     *
     * @param owner who takes the reply
     */
    boolean send(Command command, ReplySink owner) {
        SharedUpstream upstream = session.upstream();
        boolean held = !upstream.isForwarding();
        if (held) {
            upstream.miss();
        }
        if (house.memory().owedTo(session) > 0) {
            return memory.answersBehindOwed(command, upstream);
        }
        if (held && session.pending() == 0 && memory.answers(command, upstream)) {
            return true;
        }
        if (!upstream.submit(owner, command.bytes(), command.start(), command.length(), 1, command.writes())) {
            return full();
        }
        session.addPending(1);
        if (held && upstream.isFallback()) {
            house.memory().onHeld(state.key(), command.arguments());
        }
        return true;
    }

    private boolean full() {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        house.counters().increment(Counter.BACKLOG_FULL);
        session.replyError(Failures.backlogFull());
        return true;
    }
}
