package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * CLIENT REPLY: whether replies reach the client, as {@code clientReplyCommand} and {@code resetClient} in networking.c of Redis have it. Commands go the way that they always go, and keep their place among the
 * others; it is their replies that end here. Pushes are not silenced. One per session, confined to the lane.
 */
final class ReplyMode {
    private static final byte[][] REPLY_OFF = {ascii("CLIENT"), ascii("REPLY"), ascii("OFF")};
    private static final byte[][] REPLY_SKIP = {ascii("CLIENT"), ascii("REPLY"), ascii("SKIP")};

    private final ClientSession session;
    private final ReplySink silent;
    private boolean off;
    private boolean skipsNext;
    private boolean skips;
    private boolean skippedBefore;

    ReplyMode(ClientSession session) {
        this.session = session;
        this.silent = new Silent(session);
    }

    /** Who gets the reply of the command that is being handled. */
    ReplySink sink() {
        return isSilent() ? silent : session;
    }

    boolean isSilent() {
        return off || skips;
    }

    /** Whether all commands to come are treated alike. */
    boolean isSteady() {
        return !skipsNext && !skips;
    }

    /** A command's turn has come. */
    void begin() {
        if (!isSteady()) {
            skippedBefore = skips;
            skips = skipsNext;
            skipsNext = false;
            apply();
        }
    }

    /** It has not: the command comes again. */
    void putBack() {
        if (skips || skippedBefore) {
            skipsNext = skips;
            skips = skippedBefore;
            apply();
        }
        skippedBefore = false;
    }

    /** It is done with, or on its way. */
    void commit() {
        skippedBefore = false;
    }

    void on() {
        off = false;
        skips = false;
        apply();
    }

    void off() {
        off = true;
        apply();
    }

    /** Nothing for the command after this one, nor for this one. */
    void skip() {
        skipsNext = !off;
    }

    /** RESET ends it; a reply that was to be skipped is. */
    void reset() {
        off = false;
        skipsNext = false;
        apply();
    }

    /** From now on Redis itself sees to it, on a connection that the session keeps: the commands to say there, with what Redis has to know before them. */
    List<byte[][]> handOver(byte[][]... commands) {
        List<byte[][]> said = new ArrayList<>();
        if (off) {
            said.add(REPLY_OFF);
        } else if (skips && commands.length > 0) {
            said.add(REPLY_SKIP);
        }
        said.addAll(List.of(commands));
        on();
        return said;
    }

    private void apply() {
        session.output().mute(isSilent());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Keeps a session's accounts, and its client in the dark. */
    private record Silent(ClientSession session) implements ReplySink {
        @Override
        public void onReplies(ByteBuf buf, int from, int length, int count) {
            session.onReplies(buf, from, 0, count);
        }

        @Override
        public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
            if (last) {
                session.onReplies(buf, from, 0, 1);
            }
        }

        @Override
        public void onFailure(String error) {
            session.onAnswered(1);
        }

        @Override
        public void onReplyCut() {
            session.onAnswered(1);
        }

        @Override
        public ReplySink client() {
            return session;
        }

        @Override
        public boolean wantsUnsent() {
            return session.wantsUnsent();
        }

        @Override
        public long holdBudgetNanos() {
            return session.holdBudgetNanos();
        }
    }
}
