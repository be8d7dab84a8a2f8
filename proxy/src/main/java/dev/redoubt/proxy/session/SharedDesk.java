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
    private final ReplyMode replies;
    private final FromMemory memory;
    private final Iterations iterations;

    SharedDesk(
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
        this.iterations = new Iterations(session, house);
        this.memory = new FromMemory(session, house, state, replies, sessionCommands, tracker);
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
        return true;
    }

    /** EXEC, with nothing pending: true if memory has done it. False while Redis is there, or if it has to wait for it. */
    boolean execs(Transaction transaction) {
        SharedUpstream upstream = session.upstream();
        if (upstream.isForwarding()) {
            return false;
        }
        upstream.miss();
        return memory.execs(transaction, upstream);
    }

    /** EVAL and its like: sent if it is known to be quick, tried alone if not. False as for {@link #send}. */
    boolean script(Command command) {
        String name = command.isWellFormed() && session.upstream().isForwarding()
                ? house.scripts().trialOf(command)
                : null;
        if (name == null) {
            return send(command, replies.sink());
        }
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        new ScriptTrial(session, house, replies.sink(), name, command.arguments()).begin();
        return true;
    }

    /** SCAN and its relatives: refused if its cursor is of another run. False as for {@link #send}. */
    boolean iteration(Command command) {
        return iterations.send(command, this, replies.sink());
    }

    /** INFO, with the proxy's own section. False as for {@link #send}. */
    boolean info(Command command) {
        InfoCall call = new InfoCall(session, house, InfoSection.isWanted(command));
        if (!InfoSection.isAll(command)) {
            return send(command, replies.isSilent() ? replies.sink() : call);
        }
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        call.answer(state.respVersion());
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
