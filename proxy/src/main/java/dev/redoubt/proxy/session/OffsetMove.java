package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.upstream.Lease;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a connection's replication offset past all that the session wrote elsewhere: WAIT counts the replicas that have what was written on its own connection, and on one that wrote nothing it answers at once.
 *
 * <p>Up to Redis 7.0 every command moves the offset ({@code processCommand} in server.c: {@code c->woff}), so PING does. From 7.2 on only a command that was propagated does: SWAPDB of a database with itself is, and
 * changes nothing, not even watched keys ({@code dbSwapDatabases} in db.c). Confined to the lane; one a command.
 */
final class OffsetMove implements ReplySink {
    private final House house;
    private final Lease lease;
    private Refusal refusal = (error, from, length) -> false;
    private @Nullable Consumer<@Nullable String> then;
    private Runnable onLost = () -> {};

    /** Asked about an error: true if it is a refusal, after which nothing more is to be done here. Borrows the buffer. */
    interface Refusal {
        boolean takes(ByteBuf error, int from, int length);
    }

    OffsetMove(House house, Lease lease) {
        this.house = house;
        this.lease = lease;
    }

    /**
     * Runs it.
     *
     * @param refusedForState asked about an error before anybody is told
     * @param whenMoved told null when the offset has moved, or the error for the client if Redis refuses that
     * @param whenLost run instead if the connection is lost before
     */
    void run(Refusal refusedForState, Consumer<@Nullable String> whenMoved, Runnable whenLost) {
        refusal = refusedForState;
        then = whenMoved;
        onLost = whenLost;
        if (needsWrite(house.server().facts().version())) {
            lease.submit(this, "SWAPDB", "0", "0");
        } else {
            lease.submit(this, "PING");
        }
    }

    /** From 7.2 on, and where the version is not known. */
    static boolean needsWrite(String version) {
        String[] parts = version.split("\\.", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return major > 7 || (major == 7 && minor >= 2);
        } catch (NumberFormatException e) {
            return true;
        }
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        boolean refused = buf.getByte(from) == '-';
        if (refused && refusal.takes(buf, from, length)) {
            then = null;
            return;
        }
        String error = refused ? buf.toString(from + 1, length - 3, StandardCharsets.UTF_8) : null;
        end(
                error == null
                        ? null
                        : error + " (Redoubt needs this before WAIT: the writes went over another connection)");
    }

    private void end(@Nullable String error) {
        Consumer<@Nullable String> waiting = then;
        then = null;
        if (waiting != null) {
            waiting.accept(error);
        }
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {}

    @Override
    public void onFailure(String error) {
        then = null;
        onLost.run();
    }

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
