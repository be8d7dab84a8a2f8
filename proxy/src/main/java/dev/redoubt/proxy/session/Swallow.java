package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;

/** Takes replies that nobody asked for. Stateless. */
final class Swallow implements ReplySink {
    static final Swallow SINK = new Swallow();

    private Swallow() {}

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {}

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {}

    @Override
    public void onFailure(String error) {}

    @Override
    public void onReplyCut() {}

    @Override
    public boolean wantsUnsent() {
        return true;
    }

    @Override
    public long holdBudgetNanos() {
        return 0;
    }
}
