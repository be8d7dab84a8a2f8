package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;

/** Passes the reply of one command on, and tells before whether Redis did what it says: it is the reply that counts, not the command's name. Confined to the lane. */
final class Judged extends PassingSink {
    /** What became of the command. */
    enum Verdict {
        ACCEPTED,
        REFUSED,
        /** There is no reply: the connection was lost. */
        LOST
    }

    /** Learns it, once. */
    interface Ear {
        void heard(Verdict verdict);
    }

    private static final String ABORTED = "-EXECABORT";

    private final Ear ear;
    private boolean heard;

    Judged(ReplySink to, Ear ear) {
        super(to);
        this.ear = ear;
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        hear(verdict(buf, from, length));
        super.onReplies(buf, from, length, count);
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        hear(length > 0 ? verdict(buf, from, length) : Verdict.REFUSED);
        super.onReplyPart(buf, from, length, last);
    }

    private void hear(Verdict verdict) {
        if (!heard) {
            heard = true;
            ear.heard(verdict);
        }
    }

    /** EXECABORT ends a transaction, and its watches, like any other outcome. */
    private static Verdict verdict(ByteBuf buf, int from, int length) {
        if (buf.getByte(from) != '-') {
            return Verdict.ACCEPTED;
        }
        for (int i = 0; i < ABORTED.length(); i++) {
            if (i >= length || buf.getByte(from + i) != ABORTED.charAt(i)) {
                return Verdict.REFUSED;
            }
        }
        return Verdict.ACCEPTED;
    }

    @Override
    public void onFailure(String error) {
        hear(Verdict.LOST);
        super.onFailure(error);
    }

    @Override
    public void onReplyCut() {
        hear(Verdict.LOST);
        super.onReplyCut();
    }
}
