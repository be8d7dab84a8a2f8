package dev.redoubt.proxy.backlog;

import io.netty.buffer.ByteBuf;

/** Whoever sent a command and is owed its reply. Confined to the lane. A sink that has left swallows what it is given. */
public interface ReplySink {
    /** Takes so many whole replies, which lie one behind the other in the buffer. Borrows the buffer: what is kept is retained or copied. */
    void onReplies(ByteBuf buf, int from, int length, int count);

    /** The first reply that is due to that entry is so large that it comes in parts; borrows the entry. */
    default void onLargeReply(Entry head) {}

    /** Takes a part of one reply that is too large to be held back until it is whole. Borrows the buffer. */
    void onReplyPart(ByteBuf buf, int from, int length, boolean last);

    /** Takes, for one command, an error of the proxy's own, beginning with its code. */
    void onFailure(String error);

    /** The rest of a reply that was delivered in part is lost: the one case in which the client must be closed. */
    void onReplyCut();

    /** False when the client left in a way that means its own retry may come: what it sent and what is not written yet is dropped. */
    boolean wantsUnsent();

    /** False if what it sent is about the connection that it was sent on: it ends with that, unanswered, and whatever Redis says to it is its reply. */
    default boolean isSentAgain() {
        return true;
    }

    /** Whose replies it takes, where it is not the client's own: an error must not overtake any of the same client's. */
    default ReplySink client() {
        return this;
    }

    /** The longest that a command of this sink may wait before it is given up, in nanoseconds. */
    long holdBudgetNanos();
}
