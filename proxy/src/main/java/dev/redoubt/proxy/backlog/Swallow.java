package dev.redoubt.proxy.backlog;

import io.netty.buffer.ByteBuf;

/** Takes replies that nobody asked for. Stateless. */
public final class Swallow implements ReplySink {
    public static final Swallow SINK = new Swallow();

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
