package dev.redoubt.proxy.backlog;

import dev.redoubt.proxy.resp.Arguments;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of commands of one session (or one unit, or one error that waits for its turn) in a {@link CommandLog}. Confined to the lane; reused by the log, so nobody keeps
 * one past the call that gave it.
 */
public final class Entry implements Logged {
    /** What an entry is. */
    public enum Kind {
        /** Independent commands, each with a reply of its own. */
        RUN,
        /** MULTI ... EXEC: goes out as a whole, and only the last reply is the client's. */
        UNIT,
        /** One command whose bytes went past the log, piece by piece; its reply is awaited here. */
        STREAMED,
        /** No bytes: an error that is delivered when everything before it is. */
        ERROR
    }

    /** Nobody has asked yet how long it may wait. */
    public static final long NO_BUDGET = -1;

    private Kind kind = Kind.RUN;
    private @Nullable ReplySink owner;
    private @Nullable Chunk chunk;
    private int offset;
    private int length;
    private int count;
    private int answered;
    private long acceptedNanos;
    private long expiryNanos;
    private long budgetNanos;
    private boolean writes;
    private boolean inDoubt;
    private boolean partlyDelivered;
    private String error = "";

    Entry() {}

    /** So many that are to be used again and again. */
    static Entry[] ring(int size) {
        Entry[] entries = new Entry[size];
        Arrays.setAll(entries, i -> new Entry());
        return entries;
    }

    void set(Kind newKind, ReplySink newOwner, @Nullable Chunk newChunk, int newOffset, int newLength, int newCount) {
        kind = newKind;
        owner = newOwner;
        chunk = newChunk;
        offset = newOffset;
        length = newLength;
        count = newCount;
        answered = 0;
        budgetNanos = NO_BUDGET;
        writes = true;
        inDoubt = false;
        partlyDelivered = false;
    }

    void setAccepted(long nanos, boolean mayWrite) {
        acceptedNanos = nanos;
        expiryNanos = nanos;
        writes = mayWrite;
    }

    /** Returns the chunk that it was in before. */
    @Nullable
    Chunk setWords(Chunk newChunk, ByteBuf words, int newLength, long nowNanos) {
        Chunk before = chunk;
        chunk = newChunk;
        offset = newChunk.add(words, words.readerIndex(), newLength);
        length = newLength;
        expiryNanos = nowNanos;
        return before;
    }

    void setExpiryNanos(long nanos) {
        expiryNanos = nanos;
    }

    void setOwner(ReplySink newOwner) {
        owner = newOwner;
    }

    void setInDoubt(boolean value) {
        inDoubt = value;
    }

    void setError(String text) {
        error = text;
    }

    /** Becomes so many errors that wait for their turn. */
    void turnInto(int errors, String text) {
        kind = Kind.ERROR;
        chunk = null;
        length = 0;
        count = errors;
        answered = 0;
        error = text;
    }

    void clear() {
        owner = null;
        chunk = null;
    }

    void addAnswered(int replies) {
        answered += replies;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** Null once the entry has ended. */
    public @Nullable ReplySink owner() {
        return owner;
    }

    boolean isFinished() {
        return owner == null;
    }

    @Nullable
    Chunk chunk() {
        return chunk;
    }

    /** The chunk that holds the commands; borrowed. */
    public ByteBuf bytes() {
        Chunk held = chunk;
        if (held == null) {
            throw new IllegalStateException("an entry without bytes");
        }
        return held.bytes();
    }

    /** Where the commands begin in {@link #bytes}. */
    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** How many commands, and so how many replies from upstream. */
    public int count() {
        return count;
    }

    /** How many of the replies have come. */
    public int answered() {
        return answered;
    }

    public int unanswered() {
        return count - answered;
    }

    public long acceptedNanos() {
        return acceptedNanos;
    }

    /** From when on the times to live in it count: its acceptance, or when it was put in other words. */
    public long expiryNanos() {
        return expiryNanos;
    }

    /** The longest that it may wait, in nanoseconds; {@link #NO_BUDGET} until that was noted. */
    public long budgetNanos() {
        return budgetNanos;
    }

    /** Notes the longest that it may wait. */
    public void noteBudget(long nanos) {
        budgetNanos = nanos;
    }

    /** Whether any of the commands may change data. */
    public boolean writes() {
        return writes;
    }

    /** Whether it was written to a connection that was lost, and is kept to be written again. */
    public boolean inDoubt() {
        return inDoubt;
    }

    /** The first reply that is due has been delivered in part. */
    public boolean partlyDelivered() {
        return partlyDelivered;
    }

    /** Notes that the first reply that is due is being delivered in parts. */
    public void markPartlyDelivered(boolean value) {
        partlyDelivered = value;
    }

    /** Tells its owner that the first reply that is due is a large one. */
    public void announceLarge() {
        if (owner != null) {
            owner.onLargeReply(this);
        }
    }

    @Override
    public void forEachCommand(Consumer<byte[][]> visitor) {
        if (kind == Kind.RUN || kind == Kind.UNIT) {
            Arguments.forEach(bytes(), offset, length, visitor);
        }
    }

    public String error() {
        return error;
    }
}
