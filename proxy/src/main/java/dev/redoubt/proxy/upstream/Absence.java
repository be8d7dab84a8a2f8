package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.LaneExecutor;
import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long commands have missed their connection, and whether memory answers for it meanwhile. Confined to the lane. */
final class Absence {
    private static final long NOT_MISSED = Long.MIN_VALUE;

    private final CommandLog log;
    private final Supplier<UpstreamKey> key;
    private final UpstreamServer server;
    private final Lane lane;
    private final MemoryWalk walk;
    private final BooleanSupplier isConnected;
    private long sinceNanos = NOT_MISSED;
    private boolean memoryAwaited;
    private boolean memoryAsked;
    private LaneExecutor.@Nullable Scheduled due;

    /** @param isConnected whether the connection stands, though nothing is answered on it: then nothing may be taken out of its log */
    Absence(CommandLog log, Supplier<UpstreamKey> key, UpstreamServer server, Lane lane, BooleanSupplier isConnected) {
        this.log = log;
        this.key = key;
        this.server = server;
        this.lane = lane;
        this.walk = new MemoryWalk(log, key, server.hooks().memory());
        this.isConnected = isConnected;
    }

    boolean isMissed() {
        return sinceNanos != NOT_MISSED;
    }

    /** A command is there that the connection should take. */
    void miss() {
        if (!isMissed()) {
            sinceNanos = server.isUp() ? lane.nanoTime() : server.downSinceNanos();
            awaitDue();
        }
    }

    /** The connection is gone, or silent, since that moment. */
    void begin(long nanos) {
        if (!isMissed()) {
            server.hooks().memory().onAbsence();
        }
        sinceNanos = nanos;
        awaitDue();
    }

    /** It forwards. */
    void end() {
        sinceNanos = NOT_MISSED;
        memoryAsked = false;
        close();
    }

    /** Nothing is to be asked any more. */
    void close() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }

    /** What is held by then is answered at that moment, not with the next look at the clock. */
    private void awaitDue() {
        close();
        long left = sinceNanos + server.timings().fallbackAfter().toNanos() - lane.nanoTime();
        due = lane.executor().schedule(this::onDue, Math.max(0, left));
    }

    private void onDue() {
        due = null;
        isFallback(lane.nanoTime());
    }

    /** Redis has all that memory acknowledged: what comes now waits as if the connection had gone away now. */
    void leaveMemory() {
        if (memoryAsked) {
            memoryAsked = false;
            sinceNanos = lane.nanoTime();
            awaitDue();
        }
    }

    /** To be called a few times a second while the connection does not forward. */
    void tick(long nowNanos) {
        isFallback(nowNanos);
        new Expiry(log, this, server, nowNanos).sweep();
    }

    /** Whether memory answers what it can; begins that when it is time. */
    boolean isFallback(long nowNanos) {
        if (!memoryAsked && isDue(nowNanos) && !memoryAwaited) {
            memoryAwaited = true;
            server.hooks().memory().onOutage(this::onMemoryReady);
        }
        return memoryAsked;
    }

    private boolean isDue(long nowNanos) {
        return isMissed()
                && (server.isMemoryDue()
                        || nowNanos - sinceNanos
                                >= server.timings().fallbackAfter().toNanos());
    }

    /** What memory can answer of what is held it answers now, in order; keys of the rest are blocked. */
    private void onMemoryReady() {
        memoryAwaited = false;
        if (!isMissed()) {
            return; // Redis was faster
        }
        memoryAsked = true;
        if (isConnected.getAsBoolean()) {
            walk.blockAll();
        } else {
            walk.walk();
            key.get().tenant().onAnsweredFromMemory();
        }
        server.dirtySinks().flush();
    }

    /** Whether memory has had its turn with all that is held. */
    boolean hasAskedMemory() {
        return memoryAsked;
    }

    /** Commands are held from now on. */
    void onHeld(ByteBuf commands, int from, int length) {
        if (memoryAsked) {
            walk.block(commands, from, length);
        }
    }

    /** A held command has ended. */
    void onEnded(Entry entry) {
        if (memoryAsked) {
            walk.unblock(entry);
        }
    }
}
