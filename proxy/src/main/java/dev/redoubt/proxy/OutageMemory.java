package dev.redoubt.proxy;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.fallback.FlightRecorder;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.fallback.Mode;
import dev.redoubt.proxy.fallback.Outcome;
import dev.redoubt.proxy.fallback.Reconciliation;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.Arguments;
import dev.redoubt.proxy.session.MemoryDesk;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.ReplyTap;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.ServerRun;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins the memory fallback to the data plane: records what goes by, answers while Redis is away, and takes the journal back. Confined to the lane.
 */
final class OutageMemory implements MemoryAnswerer, MemoryDesk, ReplyTap {
    private static final long PAUSED_RETRY_NANOS = 100_000_000;

    private final Lane lane;
    private final MemoryStore store;
    private final FlightRecorder recorder;
    private final KeysOf keysOf;
    private final HeldKeys heldKeys = new HeldKeys();
    private final FallbackLog log;
    private @Nullable KeptJournal kept;
    private @Nullable UpstreamServer server;
    private @Nullable Reconciliation reconciliation;
    private @Nullable ServerRun runBefore;
    private final boolean mayBeTheTruth;
    private final long leaveAfterNanos;
    private boolean outage;
    private boolean hasWaited;
    /** Not while the journal goes to Redis: what has arrived there is no longer in it, and not yet among the known values. */
    private boolean answers;

    /** @param mayBeTheTruth whether memory is taken for the truth while no Redis was seen since the start */
    OutageMemory(
            Lane lane,
            MemoryStore store,
            FlightRecorder recorder,
            CommandTable table,
            boolean mayBeTheTruth,
            Duration leaveAfter) {
        this.lane = lane;
        this.store = store;
        this.recorder = recorder;
        this.keysOf = new KeysOf(table);
        this.log = new FallbackLog(lane);
        this.mayBeTheTruth = mayBeTheTruth;
        this.leaveAfterNanos = leaveAfter.toNanos();
    }

    /** To be called once, before anything else. */
    void attach(UpstreamServer to) {
        server = to;
    }

    /** To be called at most once, before anything else: what memory acknowledges is kept there first. */
    void keepIn(KeptJournal journal) {
        kept = journal;
    }

    private UpstreamServer server() {
        if (server == null) {
            throw new IllegalStateException("not attached yet");
        }
        return server;
    }

    // ---- what goes by

    @Override
    public void onRun(UpstreamKey key, Entry entry, ByteBuf replies, int from, int length) {
        if (server().user().isOpen()) {
            settleUser(key, entry, replies.getByte(from));
        }
        if (!server().isUser(key)) {
            onUnseen(key, entry); // nobody is to be told what only another user may read
            return;
        }
        recorder.record(
                key.database(),
                entry.writes(),
                entry.count(),
                entry.bytes(),
                entry.offset(),
                entry.length(),
                replies,
                from,
                length);
    }

    /** A health check's PING settles nothing. */
    private void settleUser(UpstreamKey key, Entry entry, byte firstReply) {
        if (key.credentials() == null && firstReply != '-') {
            byte[][] keys = keysOf.named(Arguments.read(entry.bytes(), entry.offset()));
            if (keys != null && keys.length > 0) {
                server().user().settle();
            }
        }
    }

    @Override
    public void onUnseen(UpstreamKey key, Entry entry) {
        if (entry.writes() && entry.length() > 0) {
            recorder.invalidate(key.database(), entry.count(), entry.bytes(), entry.offset(), entry.length());
        }
    }

    @Override
    public void onUnreadable(UpstreamKey key, byte @Nullable [] onlyKey) {
        if (onlyKey == null) {
            recorder.invalidateDatabase(key.database());
        } else {
            recorder.invalidateKey(key.database(), onlyKey);
        }
    }

    @Override
    public void onScript(byte[] body) {
        recorder.noteScript(body);
    }

    @Override
    public void onInDoubt(UpstreamKey key, byte[][] arguments) {
        byte[][] keys = keysOf.written(arguments);
        if (keys == null) {
            recorder.invalidateDatabase(key.database());
            return;
        }
        for (byte[] one : keys) {
            store.distrust(key.database(), one);
        }
        heldKeys.add(key.database(), keys); // until Redis is back nobody knows what is there: not even a miss is true
    }

    // ---- answers

    /** Reads while the outage may still turn out to be short, so that nothing is left to read when it is not. */
    @Override
    public void onAbsence() {
        recorder.drain(() -> {});
    }

    @Override
    public void onOutage(Runnable then) {
        if (!outage) {
            outage = true;
            store.onOutage();
            runBefore = server().run();
        }
        learn(then);
    }

    /** Reads what is recorded; memory answers from then on, unless the journal goes to Redis meanwhile. */
    private void learn(Runnable then) {
        Runnable learned = () -> {
            answers = outage && reconciliation == null;
            if (answers && !server().isDisabled()) {
                log.entered(store.stats(), mode() == Mode.OUTAGE);
            }
            then.run();
        };
        recorder.drain(() -> {
            if (lane.executor().inLane()) {
                learned.run();
            } else {
                lane.executor().execute(learned);
            }
        });
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out) {
        return serves(key)
                && !isBlocked(key, arguments)
                && isAnswer(store.execute(mode(), key.database(), arguments, key.respVersion(), out));
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ByteBuf out) {
        return serves(key)
                && queued.stream().noneMatch(arguments -> isBlocked(key, arguments))
                && isAnswer(store.executeAll(mode(), key.database(), queued, key.respVersion(), out));
    }

    private boolean serves(UpstreamKey key) {
        return answers && !(server().wasSeen() && !server().isUser(key));
    }

    private boolean isBlocked(UpstreamKey key, byte[][] arguments) {
        if (heldKeys.isEmpty()) {
            return false; // the usual case, without looking up what the command's keys are
        }
        byte[][] named = keysOf.named(arguments);
        return named == null || heldKeys.blocksAny(key.database(), named);
    }

    private boolean isAnswer(Outcome outcome) {
        if (outcome == Outcome.REFUSED) {
            log.refused(store.stats());
        }
        return outcome != Outcome.HOLD;
    }

    private Mode mode() {
        return server().wasSeen() || !mayBeTheTruth ? Mode.OUTAGE : Mode.MEMORY_ONLY;
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return give(owner, out -> answer(key, arguments, out));
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink owner) {
        return give(owner, out -> answerAll(key, queued, out));
    }

    private boolean give(ReplySink owner, Predicate<ByteBuf> answer) {
        ByteBuf out = lane.allocator().directBuffer();
        try {
            if (!answer.test(out)) {
                return false;
            }
            if (kept != null && kept.owes(owner, out)) {
                return true;
            }
            owner.onReplies(out, 0, out.readableBytes(), 1);
            server().dirtySinks().flush(); // the reply is borrowed from this buffer
            return true;
        } finally {
            out.release();
        }
    }

    @Override
    public boolean givesLater() {
        return kept != null;
    }

    @Override
    public int owedTo(ReplySink client) {
        return kept == null ? 0 : kept.owedTo(client);
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {
        byte[][] keys = keysOf.written(arguments);
        if (keys != null) {
            heldKeys.add(key.database(), keys);
        }
    }

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {
        byte[][] keys = keysOf.written(arguments);
        if (keys != null) {
            heldKeys.remove(key.database(), keys);
        }
    }

    // ---- the return

    @Override
    public void reconcile(Requests control, Runnable then) {
        if (!outage && store.isReconciled()) {
            then.run();
            return;
        }
        if (answers && !hasWaited && leaveAfterNanos > 0) {
            hasWaited = true;
            lane.executor().schedule(() -> again(control, then), leaveAfterNanos);
            return;
        }
        answers = false;
        whenKept(() -> begin(control, then));
    }

    /** Replies that are owed come first, so that none of Redis's overtakes them. */
    private void whenKept(Runnable task) {
        if (kept == null) {
            task.run();
        } else {
            kept.whenKept(task);
        }
    }

    private void begin(Requests control, Runnable then) {
        if (!control.isOpen()) {
            learn(() -> {});
            return;
        }
        Reconciliation begun = store.reconcile(upstreamLostItsData());
        reconciliation = begun;
        goOn(begun, control, then);
    }

    /** A new run without a single key: what is absent there was lost, not deleted by somebody. */
    private boolean upstreamLostItsData() {
        ServerRun now = server().run();
        boolean newRun = runBefore != null && now != null && !now.isSameAs(runBefore);
        return newRun && server().facts().info().keySet().stream().noneMatch(name -> name.matches("db[0-9]+"));
    }

    private void goOn(Reconciliation current, Requests control, Runnable then) {
        ByteBuf out = lane.allocator().directBuffer();
        int replies = current.next(out);
        if (replies > 0) {
            whenKept(() -> send(current, control, then, out, replies));
            return;
        }
        out.release();
        reconciliation = null;
        if (current.state() == Reconciliation.State.DONE) {
            outage = false;
            hasWaited = false;
            log.left(store.stats());
            whenKept(
                    () -> { // what Redis has must not come back from the disk after it was written over
                        control.send(ignored -> {}, "SELECT", "0");
                        then.run();
                    });
        } else {
            log.paused(current.problem(), store.stats().journalEntries());
            learn(() -> {});
            lane.executor().schedule(() -> again(control, then), PAUSED_RETRY_NANOS);
        }
    }

    private void send(Reconciliation current, Requests control, Runnable then, ByteBuf out, int replies) {
        if (current != reconciliation || !control.isOpen()) {
            out.release(); // lost meanwhile
            return;
        }
        int[] left = {replies};
        control.sendEncoded(out, replies, reply -> {
            current.onReply(reply);
            if (--left[0] == 0) {
                goOn(current, control, then);
            }
        });
    }

    private void again(Requests control, Runnable then) {
        if (control.isOpen() && reconciliation == null) {
            reconcile(control, then);
        }
    }

    @Override
    public void onControlLost() {
        Reconciliation current = reconciliation;
        reconciliation = null;
        hasWaited = false;
        if (current != null) {
            current.onConnectionLost();
            learn(() -> {});
        }
    }

    @Override
    public void onReturn() {
        heldKeys.clear();
    }
}
