package dev.redoubt.proxy.pubsub;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One command on a subscription connection: what it says, and what happens when Redis has confirmed it. Confined to the lane. */
abstract class Operation {
    private final @Nullable Subscriber owner;
    private int confirmationsDue;

    /** @param owner whose command it is; null for the connection's own */
    Operation(@Nullable Subscriber owner) {
        this.owner = owner;
    }

    @Nullable
    Subscriber owner() {
        return owner;
    }

    /** Appends one command; returns how many confirmations it will have, 0 for one that has a reply. */
    abstract int encode(ByteBuf out);

    /** Whether it is as good as done where there is no connection: nothing can come any more. */
    boolean isDoneByLoss() {
        return true;
    }

    /** Redis has done it. */
    abstract void onDone();

    /** Redis, or the proxy, refuses it: an error that begins with its code. */
    void onError(String error) {
        onDone();
    }

    void send(ByteBuf out) {
        confirmationsDue = encode(out);
    }

    /** What is awaited is a reply. */
    boolean awaitsReply() {
        return confirmationsDue == 0;
    }

    /** One confirmation has come: whether it was the last. Redis runs a command as a whole, so nothing comes in between. */
    boolean confirmed() {
        return --confirmationsDue == 0;
    }
}
