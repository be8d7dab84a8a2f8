package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.journalfile.Change;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Answers commands while Redis cannot: from the journal of what it acknowledged itself and from what the flight recorder has
 * seen. What it cannot know it does not answer.
 *
 * <pre>
 *  execute --> journal (never evicts) --> known values (may forget) --> absent, or never seen: see {@link Mode}
 *     writes ---^   |
 *                   +--> {@link #reconcile} when Redis returns
 * </pre>
 *
 * <p>Confined to the lane's event loop. Known values are looked at only in {@link Mode#OUTAGE}; the recorder must have been
 * drained since the outage began.
 */
public final class MemoryStore {
    private final boolean enabled;
    private final Clock clock;
    private final FallbackSettings settings;
    private final FlightRecorder recorder;
    private final CommandSet commands;
    private final FallbackCounters counters = new FallbackCounters();
    private final Conflicts conflicts;
    private final Journal journal;
    private final Keyspace keys;
    private final Call call;

    public MemoryStore(FallbackSettings settings, Clock clock, RandomGenerator chance, FlightRecorder recorder) {
        this.enabled = settings.enabled();
        this.clock = clock;
        this.settings = settings;
        this.recorder = recorder;
        this.commands = new CommandSet(recorder.scripts());
        this.conflicts = new Conflicts(settings.namesConflicts());
        this.journal = new Journal(settings.journalMaxBytes(), settings.journalMaxEntries());
        this.keys = new Keyspace(journal, recorder.known(), settings, counters);
        this.call = new Call(keys, chance);
    }

    /**
     * Does a command, if the store can. Replies and errors are those of Redis 7.0.15, byte for byte, except for those with
     * the proxy's own stable codes.
     *
     * @param arguments the command with its name first, at least one; from now on the store's, which may keep them
     * @param respVersion 2 or 3
     * @param out gets exactly one reply, or nothing if the outcome is HOLD; borrowed
     */
    public Outcome execute(Mode mode, int db, byte[][] arguments, int respVersion, ByteBuf out) {
        return execute(mode, clock.epochMillis(), db, arguments, respVersion, out);
    }

    /**
     * Does the commands of a transaction, all of them or none: none if one of them would have to wait, or could not be accepted.
     * An error as Redis gives it is its command's reply, and stops nothing.
     *
     * @param commands what was queued, without MULTI and EXEC
     * @param out gets the reply of EXEC, one error if the outcome is REFUSED, or nothing if it is HOLD; borrowed
     */
    public Outcome executeAll(Mode mode, int db, List<byte[][]> commands, int respVersion, ByteBuf out) {
        int start = out.writerIndex();
        long now = clock.epochMillis();
        FallbackCounters.Done before = counters.done();
        Outcome outcome = tryAll(mode, now, db, commands, respVersion, out);
        if (outcome == Outcome.REFUSED && journal.hasExpired(now)) {
            journal.sweepExpired(now);
            counters.restoreRefused(before);
            out.writerIndex(start);
            outcome = tryAll(mode, now, db, commands, respVersion, out);
        }
        return outcome;
    }

    private Outcome tryAll(Mode mode, long nowMillis, int db, List<byte[][]> commands, int respVersion, ByteBuf out) {
        int start = out.writerIndex();
        FallbackCounters.Done before = counters.done();
        JournalDraft draft = new JournalDraft(journal);
        keys.use(draft);
        try {
            RespWriter.arrayHeader(out, commands.size());
            for (byte[][] arguments : commands) {
                int from = out.writerIndex();
                Outcome outcome = execute(mode, nowMillis, db, arguments, respVersion, out);
                if (outcome != Outcome.ANSWERED) {
                    counters.restore(before);
                    byte[] error = ByteBufUtil.getBytes(out, from, out.writerIndex() - from);
                    out.writerIndex(start).writeBytes(error);
                    return outcome;
                }
            }
            draft.commit();
            return Outcome.ANSWERED;
        } finally {
            keys.use(journal);
        }
    }

    private Outcome execute(Mode mode, long nowMillis, int db, byte[][] arguments, int respVersion, ByteBuf out) {
        CommandSet.Registered registered = enabled ? commands.find(arguments[0]) : null;
        if (registered == null || mode == Mode.OUTAGE && !registered.inOutage()) {
            counters.held();
            return Outcome.HOLD;
        }
        int start = out.writerIndex();
        try {
            keys.begin(mode, nowMillis);
            call.begin(db, arguments, respVersion, out);
            if (!registered.takes(arguments.length)) {
                throw call.wrongArity();
            }
            registered.command().run(call);
            if (keys.hasWritten()) {
                counters.write();
            }
            return Outcome.ANSWERED;
        } catch (Verdict verdict) {
            out.writerIndex(start);
            return end(verdict, out);
        }
    }

    private Outcome end(Verdict verdict, ByteBuf out) {
        String error = verdict.error();
        if (error == null) {
            counters.held();
        } else {
            RespWriter.error(out, error);
        }
        return verdict.outcome();
    }

    /**
     * A command on this key is in doubt or was given up: what is known of it from before must not be served. To be called
     * while an outage lasts, for each key that such a command may have written.
     */
    public void distrust(int db, byte[] key) {
        keys.distrust(new StoreKey(db, key));
        recorder.invalidateKey(db, key);
    }

    /**
     * Begins bringing the journal to Redis. A new one is begun after every loss of the connection that it used. To be called
     * after every outage, with an empty journal too: what was known before is dropped when it is done.
     *
     * @param upstreamLostItsData the upstream is a new run that came up empty: an absent key there says nothing about what
     *     other writers did, so it counts as unchanged
     */
    public Reconciliation reconcile(boolean upstreamLostItsData) {
        ReplayLedger ledger = new ReplayLedger(journal, settings.recovery(), clock, recorder, counters, conflicts);
        long begun = recorder.position();
        return new Reconciliation(ledger, upstreamLostItsData, () -> {
            keys.trustAgain();
            journal.forgetLocals();
            recorder.forgetEverythingBefore(begun);
        });
    }

    /**
     * Takes in what a journal on disk held, and keeps note of what changes from now on. To be called once, before anything else.
     *
     * @throws IllegalArgumentException if it was written by another version
     */
    public void restore(List<Change> changes) {
        journal.trackChanges();
        for (Change change : changes) {
            byte[] state = change.state();
            if (state != null) {
                restore(EntryCodec.decode(change, state));
            }
        }
    }

    private void restore(JournalEntry entry) {
        boolean isWhole = !entry.isIncrementSent();
        if (!isWhole) {
            counters.conflict(false);
            conflicts.add(entry.key());
            journal.note(entry.key());
        }
        if (isWhole || entry.dropSentIncrements()) {
            journal.restore(entry);
        }
    }

    /** What the journal on disk lacks, in order. */
    public List<Change> takeChanges() {
        return journal.takeChanges();
    }

    /** What it would acknowledge cannot be kept: no write is accepted any more. */
    public void closeJournal() {
        keys.closeJournal();
    }

    /** Whether something in the journal was acknowledged in an outage of a Redis that had been there. */
    public boolean knowsOfARedis() {
        for (JournalEntry entry : journal.entries()) {
            if (!entry.isBeforeUpstream()) {
                return true;
            }
        }
        return false;
    }

    /** True if Redis lacks nothing that was acknowledged. */
    public boolean isReconciled() {
        return journal.isEmpty();
    }

    /** Whether this key has an acknowledged state that Redis lacks. */
    public boolean isJournaled(int db, byte[] key) {
        return journal.find(new StoreKey(db, key)) != null;
    }

    public FallbackStats stats() {
        return counters.snapshot(journal);
    }

    /** An outage begins. */
    public void onOutage() {
        counters.forgetAges();
    }

    /** The newest conflicts, oldest first, as hashes of their keys or as the settings say. */
    public List<String> conflicts() {
        return conflicts.newest();
    }
}
