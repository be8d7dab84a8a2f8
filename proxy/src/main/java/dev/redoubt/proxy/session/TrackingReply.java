package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Passes the reply to a CLIENT TRACKING on, and tells whether Redis has accepted it. Confined to the lane. */
final class TrackingReply extends PassingSink {
    private final Consumer<Boolean> then;

    TrackingReply(ReplySink to, Consumer<Boolean> then) {
        super(to);
        this.then = then;
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        boolean accepted = buf.getByte(from) == '+';
        super.onReplies(buf, from, length, count);
        then.accept(accepted);
    }

    @Override
    public void onFailure(String error) {
        super.onFailure(error);
        then.accept(false);
    }
}
