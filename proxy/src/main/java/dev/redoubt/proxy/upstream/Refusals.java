package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.ReplayClass;
import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.status.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes back what Redis refuses for its state, on one shared connection: only replies that begin with a minus sign ever come here. Confined to the lane. */
final class Refusals {
    private final SharedUpstream shared;
    private final UpstreamServer server;
    private final BusySpell busy;
    private final Map<ReplySink, TakenBack> bySession = new LinkedHashMap<>();
    private UnitErrors unitErrors = new UnitErrors();

    Refusals(SharedUpstream shared, UpstreamServer server) {
        this.shared = shared;
        this.server = server;
        this.busy = new BusySpell(server.timings().busyHold().toNanos());
    }

    boolean isEmpty() {
        return bySession.isEmpty();
    }

    /** Whether what that session sends now has to wait behind what was refused. */
    boolean holdsBack(ReplySink session) {
        return bySession.containsKey(session.client());
    }

    /** The log's last entry is that session's: it waits. */
    void queueLast(ReplySink session) {
        TakenBack taken = bySession.get(session.client());
        if (taken == null) {
            throw new IllegalStateException("nothing is held for that session");
        }
        List<HeldCommand> commands = new ArrayList<>();
        shared.log().takeLast(commands);
        server.counters().add(Counter.HELD, commands.size());
        taken.queue(commands);
    }

    // ---- replies

    /** Whether {@link #take} should be asked about that error, which begins there with its minus sign and answers a command of the head. Borrows the buffer. */
    boolean concern(Entry head, ByteBuf in, int start, int end) {
        if (head.kind() != Entry.Kind.UNIT) {
            return Refusal.of(in, start + 1, end) != Refusal.NONE;
        }
        if (head.unanswered() == 1) {
            return true;
        }
        unitErrors.add(head.answered() == 0, Refusal.of(in, start + 1, end), text(in, start, end));
        return false;
    }

    /** A transaction whose WATCH is over with this answer: sent again it would watch nothing. */
    private boolean isWatched(Entry head) {
        return head.kind() == Entry.Kind.UNIT && shared.key().tenant().isWatching();
    }

    /** True: that error was a refusal, the command is held, and the reply is not its client's. Borrows the buffer. */
    boolean take(Entry head, ByteBuf in, int start, int end) {
        ReplySink owner = head.owner();
        String cause = unitErrors.cause();
        Refusal refusal = head.kind() == Entry.Kind.UNIT
                ? unitErrors.end(head.count() - 1, in, start + 1, end)
                : Refusal.of(in, start + 1, end);
        if (owner == null || !owner.isSentAgain() || !owner.wantsUnsent()) {
            return false;
        }
        if (refusal == Refusal.NONE) {
            return !cause.isEmpty() && Refusal.isForPreviousErrors(in, start + 1, end) && explain(owner, cause);
        }
        if (isWatched(head)) {
            return false;
        }
        if (refusal == Refusal.BUSY && busy.isLongAt(server.lane().nanoTime())) {
            return false;
        }
        TakenBack taken = owner instanceof TakenBack known ? known : begin(owner.client());
        String error = text(in, start, end);
        if (mayHaveRun(taken.due(), in, start + 1, end) || !mayBeSentAgain(refusal, taken, error)) {
            return false;
        }
        if (refusal == Refusal.NO_SCRIPT) {
            return head.kind() == Entry.Kind.RUN && taken.cure();
        }
        byte[] frame = new byte[end - start];
        in.getBytes(start, frame);
        taken.onRefused(frame, error);
        return true;
    }

    private static String text(ByteBuf in, int start, int end) {
        return in.toString(start + 1, end - start - 3, StandardCharsets.UTF_8);
    }

    /** Its client was told QUEUED, and has not seen the error that EXEC speaks of: it is told now, in the words of an EXEC that fails by itself. */
    private static boolean explain(ReplySink owner, String cause) {
        byte[] frame = (Refusal.ABORTED_BECAUSE_OF + cause + "\r\n").getBytes(StandardCharsets.UTF_8);
        owner.onReplies(Unpooled.wrappedBuffer(frame), 0, frame.length, 1);
        return true;
    }

    private TakenBack begin(ReplySink client) {
        TakenBack[] self = new TakenBack[1];
        self[0] = new TakenBack(client, shared, server, busy, () -> bySession.remove(client, self[0]));
        bySession.put(client, self[0]);
        return self[0];
    }

    /** A script may have swallowed the error of one of its commands and returned it; what a module's command means by one nobody knows. */
    private boolean mayHaveRun(HeldCommand command, ByteBuf in, int from, int end) {
        if (command.kind() != Entry.Kind.RUN) {
            return false;
        }
        ReplayClass replayClass = server.hooks().judge().replayClass(command);
        boolean opaque = replayClass == ReplayClass.UNIT || replayClass == ReplayClass.UNKNOWN;
        return opaque && !Refusal.isBeforeAnyScript(in, from, end);
    }

    private boolean mayBeSentAgain(Refusal refusal, TakenBack taken, String error) {
        boolean replica = !server.search().isPrimaryExpected();
        return switch (refusal) {
            case NONE, DEMOTED -> false;
            case PASSING, BUSY, NO_SCRIPT -> true;
            case ORPHANED -> replica || leaveDemoted(error);
            case REPLICA -> !replica && leaveDemoted(error);
            case LOADING -> leave(error);
            case NO_USER -> shared.key().credentials() != null && taken.isFirstTime() && leave(error);
        };
    }

    private boolean leaveDemoted(String error) {
        Identity at = shared.identity();
        return shared.isLeaving() || (at != null && server.seekPrimary(error, at.run()) && leave(error));
    }

    private boolean leave(String error) {
        shared.leave(error);
        return true;
    }

    // ---- what else happens

    /** Redis takes commands again. */
    void onForwarding() {
        List.copyOf(bySession.values()).forEach(TakenBack::retry);
    }

    void tick(long nowNanos) {
        if (busy.isTold() && server.isUp()) {
            server.requests().send(this::onAsked, "PING");
        }
        if (!bySession.isEmpty()) {
            List.copyOf(bySession.values()).forEach(taken -> taken.tick(nowNanos));
        }
    }

    private void onAsked(@Nullable Object reply) {
        if (!(reply instanceof RespError error && Failures.isBusy(error.message()))) {
            busy.end();
        }
    }

    /** The connection is gone: of a transaction that was under way nothing more is heard. */
    void onLost() {
        unitErrors = new UnitErrors();
    }

    /** Ends it for good, without a word to anybody. */
    void close() {
        bySession.values().forEach(TakenBack::release);
        bySession.clear();
    }

    /** What Redis has said against the commands of the transaction at the log's head while it queued them. */
    private static final class UnitErrors {
        private @Nullable Refusal all;
        private boolean multiFailed;
        private int count;
        private String cause = "";
        private boolean causeIsRefusal;

        void add(boolean isMulti, Refusal refusal, String text) {
            if (cause.isEmpty() || (causeIsRefusal && refusal == Refusal.NONE)) {
                cause = text;
                causeIsRefusal = refusal != Refusal.NONE;
            }
            Refusal before = all;
            multiFailed |= isMulti;
            all = before == null ? refusal : before.and(refusal);
            count++;
        }

        /** The first of the errors that are no refusals, if there is one, or else the first; empty if there was none. */
        String cause() {
            return cause;
        }

        /** EXEC has an error too: what all of them come to. Without MULTI each command may have run by itself, unless it was refused too. */
        Refusal end(int commands, ByteBuf in, int from, int to) {
            Refusal before = all == null ? Refusal.NONE : all;
            boolean nothingRan = !multiFailed || (count == commands && before != Refusal.NONE);
            Refusal result = nothingRan ? Refusal.ofExec(in, from, to, before) : Refusal.NONE;
            all = null;
            multiFailed = false;
            count = 0;
            cause = "";
            return result;
        }
    }
}
