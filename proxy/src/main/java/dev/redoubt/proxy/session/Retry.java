package dev.redoubt.proxy.session;

import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.Lease;
import dev.redoubt.proxy.upstream.Taken;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One command that goes alone over a lease, and that Redis may refuse for its state: the lease is given back, and after a pause that grows the command asks for another, until its time is over (docs/decisions/0018). One a
 * command, confined to the lane.
 */
final class Retry {
    private final House house;
    private final boolean opaque;
    private final boolean isAboutServer;
    private final long budgetNanos;
    private long sinceNanos;
    private long lastNanos;
    private int attempts;
    private boolean refused;

    /**
     * Its time begins now; it begins anew where nothing was refused for as long.
     *
     * @param opaque nobody knows what the command does: only what Redis says before it begins is a refusal
     * @param isAboutServer the command asks about the very server that it was sent to: another has no answer to it
     */
    Retry(House house, boolean opaque, boolean isAboutServer, long budgetNanos) {
        this.house = house;
        this.opaque = opaque;
        this.isAboutServer = isAboutServer;
        this.budgetNanos = budgetNanos;
        this.sinceNanos = house.lane().nanoTime();
        this.lastNanos = sinceNanos;
    }

    /** True if that reply is a refusal, and none for the client: the lease is given back, and the task will be run, which asks for another. Borrows the buffer. */
    boolean takes(@Nullable Lease lease, ByteBuf reply, int from, int length, Runnable askAgain) {
        if (lease == null || reply.getByte(from) != '-') {
            return false;
        }
        long now = house.lane().nanoTime();
        if (now - lastNanos > budgetNanos) {
            sinceNanos = now;
            attempts = 0;
        }
        lastNanos = now;
        Taken taken = lease.judge(reply, from, length, opaque);
        if (!mayBeSentAgain(taken) || now - sinceNanos >= budgetNanos) {
            return false;
        }
        refused = true;
        giveBack(lease, taken);
        house.lane().executor().schedule(askAgain, delayNanos(now));
        return true;
    }

    private boolean mayBeSentAgain(Taken taken) {
        return switch (taken) {
            case ANSWERED -> false;
            case REFUSED -> true;
            case REFUSED_HERE -> !isAboutServer;
            case REFUSED_TO_NOBODY -> attempts == 0;
        };
    }

    private static void giveBack(Lease lease, Taken taken) {
        if (taken == Taken.REFUSED) {
            lease.release();
        } else {
            lease.close();
        }
    }

    private long delayNanos(long nowNanos) {
        return house.server()
                .timings()
                .backoff()
                .delayNanos(++attempts, nowNanos - sinceNanos, house.lane().random());
    }

    /** Whether Redis has refused it, and it was not sent again since. */
    boolean isRefused() {
        return refused;
    }

    /** It is sent; perhaps not for the first time. */
    void onSending() {
        if (refused) {
            refused = false;
            house.counters().increment(Counter.RESENT_REFUSED);
        }
    }

    /** What is left of its time, in nanoseconds. */
    long leftNanos() {
        return Math.max(0, budgetNanos - (house.lane().nanoTime() - sinceNanos));
    }
}
