package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;

/** Passes all replies on, but for what a subclass does with them. Confined to the lane. */
abstract class PassingSink implements ReplySink {
    private final ReplySink to;

    /** @param to gets what is passed on */
    PassingSink(ReplySink to) {
        this.to = to;
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        to.onReplies(buf, from, length, count);
    }

    @Override
    public void onLargeReply(Entry head) {
        to.onLargeReply(head);
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        to.onReplyPart(buf, from, length, last);
    }

    @Override
    public void onFailure(String error) {
        to.onFailure(error);
    }

    @Override
    public void onReplyCut() {
        to.onReplyCut();
    }

    @Override
    public final boolean wantsUnsent() {
        return to.wantsUnsent();
    }

    @Override
    public final ReplySink client() {
        return to.client();
    }

    @Override
    public final long holdBudgetNanos() {
        return to.holdBudgetNanos();
    }
}
