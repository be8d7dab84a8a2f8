package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.Call;
import dev.redoubt.proxy.command.LaterWrites;
import dev.redoubt.proxy.command.Urgency;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Before a long backlog goes out: brings to its front what is about locks, which run out while they wait behind others' bulk (docs/decisions/0024). Of a session everything moves that was sent before its last urgent command, so that
 * its order stays; who has sent much before that is bulk itself, and stays. So does who would overtake a write in doubt of the same key. Confined to the lane; one sort an object.
 */
final class UrgentFirst {
    private static final int MOST_COMMANDS = 16;
    private static final int MOST_BYTES = 16 * 1024;

    private final CommandLog log;
    private final CommandJudge judge;
    private final Map<ReplySink, Session> sessions = new IdentityHashMap<>();
    private final LaterWrites inDoubt = new LaterWrites();
    private boolean any;

    /** What one session has in the backlog. */
    private static final class Session {
        private int commands;
        private int bytes;
        private int moving;
        private int moved;
    }

    UrgentFirst(CommandLog log, CommandJudge judge) {
        this.log = log;
        this.judge = judge;
    }

    /** Nothing is done where all goes out at once anyway. */
    void sort() {
        if (log.unwrittenBytes() <= Drain.FIRST_BYTES) {
            return;
        }
        log.forEachUnwritten(this::noteInDoubt);
        log.forEachUnwritten(this::look);
        if (any) {
            log.bringForward(this::moves);
        }
    }

    private void noteInDoubt(Entry entry) {
        if (entry.inDoubt() && entry.writes()) {
            List<Call> calls = judge.calls(entry);
            if (calls.isEmpty()) {
                inDoubt.addUnknown();
            }
            calls.forEach(inDoubt::add);
        }
    }

    private void look(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner == null) {
            return;
        }
        Session session = sessions.computeIfAbsent(owner.client(), client -> new Session());
        session.commands++;
        session.bytes += entry.length();
        if (session.commands > MOST_COMMANDS || session.bytes > MOST_BYTES) {
            return;
        }
        List<Call> calls = entry.kind() == Entry.Kind.ERROR ? List.of() : judge.calls(entry);
        boolean known = !calls.isEmpty() || entry.kind() == Entry.Kind.ERROR;
        if (!known || calls.stream().anyMatch(inDoubt::meet)) {
            session.commands = MOST_COMMANDS; // neither this nor what is behind it
        } else if (calls.stream().anyMatch(Urgency::isUrgent)) {
            session.moving = session.commands;
            any = true;
        }
    }

    private boolean moves(Entry entry) {
        ReplySink owner = entry.owner();
        Session session = owner == null ? null : sessions.get(owner.client());
        return session != null && session.moved++ < session.moving;
    }
}
