package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replays one entry at a time where scripts are denied: WATCH and GET, compare here, then MULTI, write, EXEC. Two round trips
 * a key. Confined to the lane's event loop.
 */
final class WatchedReplay {
    private final ReplayConversation conversation;
    private final ReplayLedger ledger;
    /** Its key is watched, and Redis holds what it may replace. */
    private @Nullable ReplayAttempt allowed;

    private boolean needsUnwatch;

    WatchedReplay(ReplayConversation conversation, ReplayLedger ledger) {
        this.conversation = conversation;
        this.ledger = ledger;
    }

    boolean isHalfWay() {
        return allowed != null;
    }

    void writeLook(ByteBuf out, JournalEntry oldest, boolean upstreamLostItsData) {
        ReplayAttempt attempt = ledger.attempt(oldest, upstreamLostItsData);
        if (attempt.plan().condition() == ReplayPlan.Condition.NONE) {
            ReplayCommands.write(out, attempt.key(), attempt.plan());
            conversation.expect(new ScriptedReplay.PlainStep(conversation, ledger, attempt));
            return;
        }
        if (needsUnwatch) {
            RespWriter.command(out, "UNWATCH");
            conversation.expect(this::onPreparation);
            needsUnwatch = false;
        }
        RespWriter.command(out, ReplayCommands.word("WATCH"), attempt.key().bytes());
        conversation.expect(this::onPreparation);
        RespWriter.command(
                out,
                ReplayCommands.word(look(attempt.plan().compound())),
                attempt.key().bytes());
        conversation.expect(reply -> onValue(attempt, reply));
    }

    private static String look(@Nullable CompoundPlan compound) {
        if (compound instanceof HashPlan hash) {
            return HashReplay.look(hash);
        }
        return compound == null ? "GET" : "LLEN";
    }

    /** That this key is out of bounds the GET will say, too. */
    private void onPreparation(RecordedReply reply) {
        boolean isAboutTheKey = reply.isDenied() && reply.text().contains("keys");
        if (reply.isError() && !isAboutTheKey) {
            conversation.pause(reply);
        }
    }

    private void onValue(ReplayAttempt attempt, RecordedReply reply) {
        needsUnwatch = true;
        if (reply.isDenied() || reply.isWrongType()) {
            onOtherType(attempt, reply);
        } else if (reply.isError()) {
            conversation.pause(reply);
        } else if (!conversation.isPaused()) {
            compare(attempt, reply);
        }
    }

    /** Where all of it is cleared first, the type does not matter. */
    private void onOtherType(ReplayAttempt attempt, RecordedReply reply) {
        CompoundPlan compound = attempt.plan().compound();
        allowIf(reply.isWrongType() && compound != null && compound.clears(), attempt);
    }

    private void compare(ReplayAttempt attempt, RecordedReply reply) {
        CompoundPlan compound = attempt.plan().compound();
        if (compound instanceof HashPlan hash) {
            allowIf(hash.allows(HashReplay.read(hash, reply)), attempt);
        } else if (compound instanceof ListPlan list) {
            allowIf(list.allows(reply.integer() > 0), attempt);
        } else {
            compare(attempt, reply.isNull() ? null : reply.value());
        }
    }

    private void allowIf(boolean isAllowed, ReplayAttempt attempt) {
        if (isAllowed) {
            allowed = attempt;
        } else {
            ledger.conflict(attempt);
        }
    }

    private void compare(ReplayAttempt attempt, byte @Nullable [] current) {
        if (!attempt.plan().allows(current)) {
            ledger.conflict(attempt);
        } else if (current == null && attempt.plan().needsKey()) {
            ledger.gone(attempt);
        } else {
            allowed = attempt;
        }
    }

    /** If {@link #isHalfWay}. EXEC ends the watch, whatever it answers. */
    void writeTransaction(ByteBuf out) {
        ReplayAttempt attempt = Objects.requireNonNull(allowed);
        allowed = null;
        RespWriter.command(out, "MULTI");
        conversation.expect(this::onPreparation);
        for (int i = ReplayCommands.write(out, attempt.key(), attempt.plan()); i > 0; i--) {
            conversation.expect(reply -> onQueued(attempt, reply));
        }
        RespWriter.command(out, "EXEC");
        conversation.expect(new ExecStep(attempt));
        needsUnwatch = false;
    }

    private void onQueued(ReplayAttempt attempt, RecordedReply reply) {
        if (reply.isDenied()) {
            ledger.conflict(attempt);
        } else if (reply.isError()) {
            conversation.pause(reply);
        }
    }

    /** Null: somebody wrote in between; the entry is still in the journal and is looked at again. */
    private final class ExecStep implements ReplayConversation.Step {
        private final ReplayAttempt attempt;

        ExecStep(ReplayAttempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void onReply(RecordedReply reply) {
            boolean failed = reply.isArray() && reply.firstElementIsError();
            if (failed && attempt.plan().action() == ReplayPlan.Action.INCREMENT) {
                ledger.conflict(attempt); // Redis holds no number
            } else if (failed) {
                conversation.pause("Redis refused a write in a transaction");
            } else if (reply.isArray()) {
                ledger.applied(attempt);
            } else if (reply.isError() && !reply.startsWith("EXECABORT")) {
                conversation.pause(reply);
            }
        }

        @Override
        public void onLost() {
            ledger.inDoubt(attempt);
        }
    }
}
