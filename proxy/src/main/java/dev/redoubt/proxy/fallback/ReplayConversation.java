package dev.redoubt.proxy.fallback;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What was sent to Redis and what each of its replies is to be taken for. Confined to the lane's event loop. */
final class ReplayConversation {
    private final ArrayDeque<Step> expected = new ArrayDeque<>();
    private final RespCursor cursor = new RespCursor();
    private final RecordedReply reply = new RecordedReply();
    private @Nullable String problem;

    /** One reply to come. */
    interface Step {
        void onReply(RecordedReply reply);

        /** The connection is gone and this was not answered. */
        default void onLost() {}
    }

    void expect(Step step) {
        expected.add(step);
    }

    int expectedReplies() {
        return expected.size();
    }

    void onReply(ByteBuf frame) {
        byte[] bytes = ByteBufUtil.getBytes(frame);
        cursor.over(bytes, 0, bytes.length);
        cursor.readReply(reply);
        expected.remove().onReply(reply);
    }

    void onLost() {
        for (Step step = expected.poll(); step != null; step = expected.poll()) {
            step.onLost();
        }
        pause("the connection was lost");
    }

    /** Redis cannot go on now: what is left waits. The first word of an error is all that is kept of it. */
    void pause(RecordedReply error) {
        String text = error.text();
        int end = text.indexOf(' ');
        pause("Redis answered " + (end < 0 ? text : text.substring(0, end)));
    }

    void pause(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    boolean isPaused() {
        return problem != null;
    }

    @Nullable
    String problem() {
        return problem;
    }
}
