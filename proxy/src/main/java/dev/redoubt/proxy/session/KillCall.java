package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.SpareCommand;
import io.netty.buffer.ByteBuf;

/** SCRIPT KILL or FUNCTION KILL: over another connection than any script's, and one that needs nothing of a busy Redis. Confined to the lane. */
final class KillCall implements SpareCommand.Outcome {
    private final ClientSession session;
    private final House house;

    KillCall(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    /** Nothing is pending; the session is paused until the reply. */
    void begin(Command command) {
        if (!house.server().isUp()) {
            session.replyError(Failures.unavailable(
                    house.server().description(), house.server().lastError()));
            return;
        }
        session.pause(Pause.ANSWER);
        session.addPending(1);
        new SpareCommand(house.server(), house.lane(), session.upstream().key().credentials())
                .run(command.arguments(), session.holdBudgetNanos(), this);
    }

    @Override
    public void replied(ByteBuf frame) {
        if (!session.hasLeft()) {
            session.reply().writeBytes(frame);
        }
        session.onAnswered(1);
        end();
    }

    @Override
    public void failed(String error) {
        session.onFailure(error);
        end();
    }

    private void end() {
        session.flushSoon();
        session.resume(Pause.ANSWER);
    }
}
