package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.command.AgedExpiry;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;

/**
 * Before what was held goes out: times to live are made shorter by the time that it was held. Nothing is looked at on the normal path, where commands go out with the turn that they came in. Confined to the lane.
 */
final class HeldExpiry {
    private static final long MILLI_NANOS = 1_000_000;

    private final CommandLog log;
    private final Lane lane;
    private final long nowNanos;

    HeldExpiry(CommandLog log, Lane lane) {
        this.log = log;
        this.lane = lane;
        this.nowNanos = lane.nanoTime();
    }

    /** Goes through everything that is not written. */
    void sweep() {
        if (log.hasUnwritten()) {
            log.forEachUnwritten(this::age);
        }
    }

    private void age(Entry entry) {
        long ageMillis = (nowNanos - entry.expiryNanos()) / MILLI_NANOS;
        boolean mayMatter = entry.kind() == Entry.Kind.RUN || entry.kind() == Entry.Kind.UNIT;
        if (ageMillis <= 0 || !mayMatter || !entry.writes()) {
            return;
        }
        boolean[] changed = new boolean[1];
        ByteBuf words = lane.allocator().directBuffer(entry.length() + 16);
        try {
            entry.forEachCommand(arguments -> {
                byte[][] aged = AgedExpiry.aged(arguments, ageMillis);
                changed[0] |= aged != null;
                RespWriter.command(words, aged == null ? arguments : aged);
            });
            if (changed[0]) {
                log.rewrite(entry, words, nowNanos);
            }
        } finally {
            words.release();
        }
    }
}
