package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.fallback.FallbackSettings.Recovery;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Makes attempts from journal entries and books what became of them. Confined to the lane's event loop. */
final class ReplayLedger {
    private static final byte[] DONE_REPLY = ReplayCommands.word("+OK\r\n");
    private static final byte[] CHANGED_REPLY = ReplayCommands.word(":1\r\n");

    private final Journal journal;
    private final Recovery recovery;
    private final Clock clock;
    private final FlightRecorder recorder;
    private final FallbackCounters counters;
    private final Conflicts conflicts;
    private final ByteBuf command = Unpooled.buffer();

    ReplayLedger(
            Journal journal,
            Recovery recovery,
            Clock clock,
            FlightRecorder recorder,
            FallbackCounters counters,
            Conflicts conflicts) {
        this.journal = journal;
        this.recovery = recovery;
        this.clock = clock;
        this.recorder = recorder;
        this.counters = counters;
        this.conflicts = conflicts;
    }

    Journal journal() {
        return journal;
    }

    ReplayAttempt attempt(JournalEntry entry, boolean upstreamLostItsData) {
        entry.lendValue();
        ReplayPlan plan = ReplayPlan.of(entry, recovery, upstreamLostItsData, clock.epochMillis());
        if (plan.adds()) {
            journal.markIncrementSent(entry);
        }
        return new ReplayAttempt(entry, entry.acceptance(), plan, plan.result(entry));
    }

    /** Redis has taken it: it is known there, as if a client had sent it. */
    void applied(ReplayAttempt attempt) {
        counters.replayed();
        if (attempt.plan().action() == ReplayPlan.Action.INCREMENT
                || attempt.plan().compound() != null) {
            recorder.invalidateKey(attempt.key().db(), attempt.key().bytes());
            settle(attempt);
            return;
        }
        ReplayCommands.write(command.clear(), attempt.key(), attempt.plan());
        byte[] reply = attempt.plan().action() == ReplayPlan.Action.SET ? DONE_REPLY : CHANGED_REPLY;
        recorder.record(
                attempt.key().db(),
                true,
                1,
                command,
                0,
                command.readableBytes(),
                Unpooled.wrappedBuffer(reply),
                0,
                reply.length);
        settle(attempt);
    }

    /** There was nothing left to change: the key is gone. */
    void gone(ReplayAttempt attempt) {
        counters.replayed();
        recorder.invalidateKey(attempt.key().db(), attempt.key().bytes());
        settle(attempt);
    }

    private void settle(ReplayAttempt attempt) {
        if (attempt.isLatest()) {
            journal.remove(attempt.key());
        } else if (attempt.plan().compound() instanceof HashPlan hash) {
            journal.fieldsSent(attempt.entry(), hash);
        } else if (attempt.plan().compound() instanceof ListPlan list) {
            journal.pushesSent(attempt.entry(), list);
        } else {
            journal.confirmEarlier(attempt.entry(), attempt.result());
        }
    }

    /** Redis holds something else. A later state of the same key, if there is one, is its own attempt. */
    void conflict(ReplayAttempt attempt) {
        if (attempt.plan().yields()) {
            gone(attempt);
        } else if (attempt.isLatest()) {
            conflict(attempt.entry());
        }
    }

    private void conflict(JournalEntry entry) {
        counters.conflict(entry.isLock());
        conflicts.add(entry.key());
        recorder.invalidateKey(entry.key().db(), entry.key().bytes());
        journal.remove(entry.key());
    }

    /** The upstream has no such database. */
    void conflictAllIn(int db) {
        journal.forEachIn(db, entry -> {
            counters.conflict(entry.isLock());
            conflicts.add(entry.key());
        });
        journal.removeAllIn(db);
    }

    /** Something that was added cannot be told from what others added: it is given up rather than added twice. */
    void inDoubt(ReplayAttempt attempt) {
        CompoundPlan compound = attempt.plan().compound();
        if (compound instanceof HashPlan hash) {
            journal.fieldsSent(attempt.entry(), hash);
            if (hash.adds()) {
                counters.conflict(false);
                conflicts.add(attempt.key());
            }
        } else if (attempt.plan().adds()) {
            conflict(attempt);
        } else if (compound == null) {
            journal.markInDoubt(attempt.entry(), attempt.result());
        }
    }
}
