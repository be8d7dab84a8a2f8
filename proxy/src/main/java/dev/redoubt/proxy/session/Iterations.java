package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Cursors;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** SCAN and its relatives: remembers which run of the server gave which cursor, and refuses one of an earlier run (docs/decisions/0022). One per session, confined to the lane. */
final class Iterations {
    private static final int MOST_DIGITS = 20;

    private final ClientSession session;
    private final House house;

    Iterations(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    /** Sends it, or answers it at once. False if it has to wait: the session is paused then. What is held until Redis is back is looked at again when it goes out. */
    boolean send(Command command, SharedDesk desk, ReplySink to) {
        if (!command.isWellFormed()) {
            return desk.send(command, to);
        }
        SharedUpstream upstream = session.upstream();
        int database = upstream.key().database();
        Cursors cursors = house.server().cursors();
        if (!upstream.isForwarding() || !cursors.isLost(database, command.arguments(), upstream.run())) {
            return desk.send(command, new Noting(to, upstream, command.arguments()));
        }
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        house.counters().increment(Counter.CURSOR_LOST);
        session.replyError(Failures.cursorLost());
        return true;
    }

    /** Reads the cursor in the reply: an array of two, of which it is the first. */
    private final class Noting extends PassingSink {
        private static final byte[] BEGIN = {'*', '2', '\r', '\n', '$'};

        private final SharedUpstream upstream;
        private final byte[][] call;
        private boolean begun;

        Noting(ReplySink to, SharedUpstream upstream, byte[][] call) {
            super(to);
            this.upstream = upstream;
            this.call = call;
        }

        @Override
        public void onReplies(ByteBuf buf, int from, int length, int count) {
            note(buf, from, length);
            super.onReplies(buf, from, length, count);
        }

        @Override
        public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
            note(buf, from, length);
            super.onReplyPart(buf, from, length, last);
        }

        private void note(ByteBuf buf, int from, int length) {
            if (begun) {
                return;
            }
            begun = true;
            byte[] cursor = cursor(buf, from, from + length);
            if (cursor != null) {
                house.server().cursors().given(upstream.key().database(), call, cursor, upstream.run());
            }
        }

        /** Null if that is no such reply. Borrows the buffer. */
        private static byte @Nullable [] cursor(ByteBuf buf, int from, int to) {
            int begin =
                    buf.indexOf(from + BEGIN.length, Math.min(to, from + BEGIN.length + MOST_DIGITS), (byte) '\n') + 1;
            if (begin == 0 || !startsWith(buf, from, BEGIN)) {
                return null;
            }
            int end = buf.indexOf(begin, Math.min(to, begin + MOST_DIGITS + 1), (byte) '\r');
            return end < 0
                    ? null
                    : buf.toString(begin, end - begin, StandardCharsets.US_ASCII)
                            .getBytes(StandardCharsets.US_ASCII);
        }

        private static boolean startsWith(ByteBuf buf, int from, byte[] text) {
            for (int i = 0; i < text.length; i++) {
                if (buf.getByte(from + i) != text[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
