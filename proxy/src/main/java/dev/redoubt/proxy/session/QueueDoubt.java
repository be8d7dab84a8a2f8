package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.session.Question.Answer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis might refuse to queue a command just now, as it has no memory left or runs a script: then it is asked before a client that is in MULTI is told QUEUED (docs/decisions/0019). Without a reason to doubt nothing
 * is asked. Confined to the lane.
 */
final class QueueDoubt {
    /** Refused for want of memory or for a script, as what is queued would be; else for its offset, and in any case without effect: {@code processCommand} in server.c comes before {@code setrangeCommand}. */
    private static final String[] QUESTION = {"SETRANGE", "redoubt", "NOTHING", "asks"};

    private static final String OOM = "-OOM ";

    private boolean memoryMayBeShort;

    /** Whether Redis should be asked. */
    boolean isDue(House house) {
        return memoryMayBeShort || house.scripts().isAnyOverdue(house.lane().nanoTime());
    }

    /** That command is on its way, which may be a CONFIG SET. */
    void onSent(Command command) {
        for (int i = 2; i < command.count(); i += 2) {
            memoryMayBeShort |= command.word(1).equals("SET") && command.word(i).equals("MAXMEMORY");
        }
    }

    /** An error of Redis's for a client. Borrows the buffer. */
    void onError(ByteBuf buf, int from, int length) {
        memoryMayBeShort |= length > OOM.length() && startsWithOom(buf, from);
    }

    private static boolean startsWithOom(ByteBuf buf, int from) {
        for (int i = 0; i < OOM.length(); i++) {
            if (buf.getByte(from + i) != OOM.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What to ask. */
    static String[] question() {
        return QUESTION.clone();
    }

    /** The error that queueing has now, as that answer says; null if it has none. */
    @Nullable
    String errorIn(Answer answer) {
        if (answer.value() instanceof RespError error
                && (error.code().equals("OOM") || error.code().equals("BUSY"))) {
            return error.message();
        }
        memoryMayBeShort &= answer.isLost();
        return null;
    }
}
