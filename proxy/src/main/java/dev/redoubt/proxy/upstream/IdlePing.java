package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.ReplySink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Asks a shared connection on which nothing happens whether there is still somebody at its other end (docs/decisions/0032). The PING stands in the connection's own log, so that its reply comes in its turn and is nobody else's. It also keeps what
 * ends idle connections (Redis's {@code timeout}, firewalls, balancers) from ending this one. One a connection, confined to the lane.
 */
final class IdlePing implements ReplySink {
    /** With a word that tells it from clients' own PINGs, for those who look at Redis's MONITOR. */
    static final String COMMAND = "*2\r\n$4\r\nPING\r\n$7\r\nredoubt\r\n";

    private static final ByteBuf BYTES = Unpooled.unreleasableBuffer(
                    Unpooled.wrappedBuffer(COMMAND.getBytes(StandardCharsets.US_ASCII)))
            .asReadOnly();
    private static final String DENIED = "-NOPERM";

    private final CommandLog log;
    private boolean unanswered;
    private boolean denied;
    private long askedNanos;

    IdlePing(CommandLog log) {
        this.log = log;
    }

    /** Puts it into the log, which has nothing else in it. False where the user may not ask, which Redis notes in its ACL LOG each time. */
    boolean ask(long nowNanos) {
        if (denied || unanswered) {
            return false;
        }
        unanswered = true;
        askedNanos = nowNanos;
        log.append(this, BYTES, 0, BYTES.readableBytes(), 1, false, nowNanos);
        return true;
    }

    /** Whether its answer is due. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** When it was asked last. */
    long askedNanos() {
        return askedNanos;
    }

    /** Whatever the answer is, it is a sign of life. */
    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        unanswered = false;
        denied = length > DENIED.length()
                && buf.toString(from, DENIED.length(), StandardCharsets.US_ASCII)
                        .equals(DENIED);
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        unanswered = !last;
    }

    @Override
    public void onFailure(String error) {
        unanswered = false;
    }

    @Override
    public void onReplyCut() {
        unanswered = false;
    }

    @Override
    public boolean wantsUnsent() {
        return true;
    }

    /** It is about the connection that it was sent on. */
    @Override
    public boolean isSentAgain() {
        return false;
    }

    @Override
    public long holdBudgetNanos() {
        return 0;
    }
}
