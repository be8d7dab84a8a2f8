package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.lane.DirectSocket;
import dev.redoubt.proxy.lane.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Writes what a log has to one connection, once a turn, and knows what of it has left for the kernel. Confined to the lane. */
final class LogWriter {
    private final CommandLog log;
    private final Lane lane;
    private final DirtySinks dirty;
    private final Queue<SliceWrite> writes = new ArrayDeque<>();
    private final Runnable flush = this::flush;
    private @Nullable Channel channel;
    private @Nullable DirectSocket socket;
    private @Nullable Drain drain;
    private boolean flushDue;
    private boolean stopped;

    LogWriter(CommandLog log, Lane lane, DirtySinks dirty) {
        this.log = log;
        this.lane = lane;
        this.dirty = dirty;
    }

    void open(Channel to) {
        channel = to;
        socket = new DirectSocket(to);
    }

    /** Null before it was opened, and once it is closed. */
    @Nullable
    Channel channel() {
        return channel;
    }

    /** What is in the log by now goes out in windows, until all of it has. */
    void pace() {
        drain = log.unwrittenBytes() > Drain.FIRST_BYTES ? new Drain(log) : null;
    }

    /** Replies came in. */
    void onAnswers() {
        Drain pacing = drain;
        if (pacing != null && pacing.isNextDue()) {
            flushLater();
        }
    }

    /** Something was appended: write it when the turn ends. */
    void flushLater() {
        if (!flushDue) {
            flushDue = true;
            lane.atEndOfTurn(flush);
        }
    }

    /** Writes nothing more. */
    void stop() {
        stopped = true;
    }

    private void flush() {
        flushDue = false;
        Channel to = channel;
        if (to == null || !to.isActive() || stopped) {
            return;
        }
        DirectSocket direct = socket;
        boolean any = false;
        while (to.isWritable() && (drain == null || mayDrain())) {
            ByteBuf slice = log.nextUnwritten();
            if (slice == null) {
                break;
            }
            if (drain != null) {
                drain.onWritten(slice.readableBytes());
            }
            if (!any && direct != null) {
                slice.skipBytes(direct.write(slice, slice.readerIndex(), slice.readableBytes()));
            }
            if (!slice.isReadable()) {
                slice.release();
                continue;
            }
            writePieces(to, slice, direct == null ? Integer.MAX_VALUE : direct.pieceBytes());
            any = true;
        }
        if (any) {
            to.flush();
            forgetDoneWrites();
        }
        log.head(); // an error whose turn it is must not wait for a reply
        dirty.flush();
    }

    private boolean mayDrain() {
        Drain pacing = drain;
        if (pacing == null || pacing.isOver()) {
            drain = null;
            return true;
        }
        return pacing.mayWrite();
    }

    /** The usual way; takes the slice. What of it has left is known to the byte, with TLS to the record. */
    private void writePieces(Channel to, ByteBuf slice, int pieceBytes) {
        while (slice.readableBytes() > pieceBytes) {
            write(to, slice.readRetainedSlice(pieceBytes));
        }
        write(to, slice);
    }

    private void write(Channel to, ByteBuf piece) {
        SliceWrite write = new SliceWrite(to, piece.readableBytes());
        writes.add(write);
        to.write(piece, write);
    }

    private void forgetDoneWrites() {
        SliceWrite first = writes.peek();
        while (first != null && first.isSuccess()) {
            writes.remove();
            first = writes.peek();
        }
    }

    /** The channel takes more again, or no more for now. */
    void onWritabilityChanged() {
        forgetDoneWrites();
        if (channel != null && channel.isWritable() && log.hasUnwritten()) {
            flushLater();
        }
    }

    /** The connection is gone. Returns how many bytes of what was written never left for the kernel. */
    long close() {
        channel = null;
        long unsent = 0;
        for (SliceWrite write : writes) {
            unsent += write.left();
        }
        return unsent;
    }
}
