package dev.redoubt.proxy.fallback;

import io.netty.buffer.ByteBuf;

/** Replays many entries at once, each compared and written by a script. Confined to the lane's event loop. */
final class ScriptedReplay {
    private static final int MOST_PER_BATCH = 128;
    private static final int BATCH_BYTES = 256 << 10;

    private final ReplayConversation conversation;
    private final ReplayLedger ledger;
    private final ReplayScript script = new ReplayScript();
    private final HashReplay hashScript = new HashReplay();
    private final ListReplay listScript = new ListReplay();
    private boolean isLoaded;
    private boolean isHashLoaded;
    private boolean isListLoaded;
    private boolean isDenied;

    ScriptedReplay(ReplayConversation conversation, ReplayLedger ledger) {
        this.conversation = conversation;
        this.ledger = ledger;
    }

    /** This user may not run scripts, or the server has none. */
    boolean isDenied() {
        return isDenied;
    }

    /** The oldest entries, as long as they are of this database. */
    void write(ByteBuf out, int db, boolean upstreamLostItsData) {
        int start = out.writerIndex();
        int count = 0;
        for (JournalEntry entry : ledger.journal().entries()) {
            boolean isFull = count == MOST_PER_BATCH || out.writerIndex() - start >= BATCH_BYTES;
            if (isFull || entry.key().db() != db) {
                return;
            }
            write(out, ledger.attempt(entry, upstreamLostItsData));
            count++;
        }
    }

    private void write(ByteBuf out, ReplayAttempt attempt) {
        if (attempt.plan().condition() == ReplayPlan.Condition.NONE) {
            ReplayCommands.write(out, attempt.key(), attempt.plan());
            conversation.expect(new PlainStep(conversation, ledger, attempt));
            return;
        }
        if (attempt.plan().compound() instanceof HashPlan hash) {
            hashScript.writeScript(out, attempt.key(), attempt.plan(), hash, isHashLoaded);
            isHashLoaded = true;
        } else if (attempt.plan().compound() instanceof ListPlan list) {
            listScript.writeScript(out, attempt.key(), attempt.plan(), list, isListLoaded);
            isListLoaded = true;
        } else {
            script.write(out, attempt.key(), attempt.plan(), isLoaded);
            isLoaded = true;
        }
        conversation.expect(new ScriptStep(attempt));
    }

    /** A command that needs no comparison. */
    record PlainStep(ReplayConversation conversation, ReplayLedger ledger, ReplayAttempt attempt)
            implements ReplayConversation.Step {
        @Override
        public void onReply(RecordedReply reply) {
            if (!reply.isError()) {
                ledger.applied(attempt);
            } else if (reply.isDenied()) {
                ledger.conflict(attempt);
            } else {
                conversation.pause(reply);
            }
        }

        @Override
        public void onLost() {
            ledger.inDoubt(attempt);
        }
    }

    private final class ScriptStep implements ReplayConversation.Step {
        private final ReplayAttempt attempt;

        ScriptStep(ReplayAttempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void onReply(RecordedReply reply) {
            if (reply.isError()) {
                onError(reply);
            } else if (reply.integer() == ReplayScript.APPLIED) {
                ledger.applied(attempt);
            } else if (reply.integer() == ReplayScript.GONE) {
                ledger.gone(attempt);
            } else {
                ledger.conflict(attempt);
            }
        }

        /** NOSCRIPT: forgotten meanwhile; the entry is still in the journal and goes along with the text next time. */
        private void onError(RecordedReply error) {
            isLoaded = false;
            isHashLoaded = false;
            isListLoaded = false;
            if (error.isDenied() || error.startsWith("ERR unknown command")) {
                isDenied = true;
            } else if (!error.startsWith("NOSCRIPT")) {
                conversation.pause(error);
            }
        }

        @Override
        public void onLost() {
            ledger.inDoubt(attempt);
        }
    }
}
