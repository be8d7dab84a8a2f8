package dev.redoubt.proxy.backlog;

import dev.redoubt.proxy.resp.Arguments;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command (or one unit, or one waiting error) taken out of a {@link CommandLog} for a decision: put back with {@link CommandLog#restore} or ended with
 * {@link #release}, one of the two and once. Confined to the lane.
 */
public final class HeldCommand implements Logged {
    private final ReplySink owner;
    private final Entry.Kind kind;
    private final @Nullable Chunk chunk;
    private final int offset;
    private final int length;
    private final int count;
    private final long acceptedNanos;
    private final long expiryNanos;
    private boolean writes;
    private final boolean inDoubt;
    private final boolean partlyDelivered;
    private final String error;
    private final CommandLog log;

    HeldCommand(CommandLog log, Entry entry, int offset, int length, int count, boolean sent, boolean partlyDelivered) {
        ReplySink sink = entry.owner();
        if (sink == null) {
            throw new IllegalStateException("a finished entry");
        }
        this.log = log;
        this.owner = sink;
        this.kind = entry.kind();
        this.chunk = entry.chunk();
        this.offset = offset;
        this.length = length;
        this.count = count;
        this.acceptedNanos = entry.acceptedNanos();
        this.expiryNanos = entry.expiryNanos();
        this.writes = entry.writes();
        this.inDoubt = sent;
        this.partlyDelivered = partlyDelivered;
        this.error = entry.error();
        if (chunk != null) {
            chunk.retainEntry();
        }
    }

    public ReplySink owner() {
        return owner;
    }

    @Override
    public Entry.Kind kind() {
        return kind;
    }

    /** Replies that it gets from upstream: 1, or all of a unit's. */
    public int count() {
        return count;
    }

    public int length() {
        return length;
    }

    public long acceptedNanos() {
        return acceptedNanos;
    }

    long expiryNanos() {
        return expiryNanos;
    }

    /** Whether it may change data. */
    public boolean writes() {
        return writes;
    }

    /** Whether its last byte was handed to the kernel on a connection that is lost: it may have been applied. */
    public boolean isInDoubt() {
        return inDoubt;
    }

    /** It changes nothing, whatever else stood in its run. */
    public void onlyReads() {
        writes = false;
    }

    /** Whether its reply was delivered in part. */
    public boolean isPartlyDelivered() {
        return partlyDelivered;
    }

    /** The text of a waiting error. */
    public String error() {
        return error;
    }

    /** A copy of the first command's arguments. */
    public byte[][] arguments() {
        return Arguments.read(bytes(), offset);
    }

    @Override
    public void forEachCommand(Consumer<byte[][]> visitor) {
        if (kind == Entry.Kind.RUN || kind == Entry.Kind.UNIT) {
            Arguments.forEach(bytes(), offset, length, visitor);
        }
    }

    /** The buffer that holds it; borrowed. */
    public ByteBuf bytes() {
        if (chunk == null) {
            throw new IllegalStateException("a waiting error has no bytes");
        }
        return chunk.bytes();
    }

    public int offset() {
        return offset;
    }

    @Nullable
    Chunk chunk() {
        return chunk;
    }

    /** It is held once more: to be released, or put back, once more too. */
    void retain() {
        if (chunk != null) {
            chunk.retainEntry();
        }
    }

    /** Ends it: its bytes are needed no more. */
    public void release() {
        if (chunk != null) {
            log.releaseFrom(chunk);
        }
    }
}
