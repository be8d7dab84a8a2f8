package dev.redoubt.proxy.backlog;

import dev.redoubt.proxy.lane.ByteAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All commands that one upstream connection has accepted and that have not ended, oldest first (docs/decisions/0001). Confined to the lane.
 *
 * <pre>
 *   answered ..... written ..... appended
 *      |  in flight   |   backlog   |
 * </pre>
 *
 * Entries are objects of a ring that are used again and again; bytes lie in chunks that the log owns. Limits count the chunks' capacity, which is what is kept alive.
 */
public final class CommandLog {
    static final int CHUNK_BYTES = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final EntryRing ring = new EntryRing();
    private long answered;
    private long written;
    private long appended;
    private @Nullable Chunk tail;
    private final ByteAccount account;
    private long aliveBytes;
    private int commands;
    private int unwrittenBytes;

    /** @param account gets the memory that the log keeps alive; it may be shared with others */
    public CommandLog(ByteBufAllocator allocator, ByteAccount account) {
        this.allocator = allocator;
        this.account = account;
    }

    /** Copies a run of commands (arrays of bulk strings) to the log's end. */
    public void append(
            ReplySink owner, ByteBuf source, int from, int length, int count, boolean writes, long nowNanos) {
        add(Entry.Kind.RUN, owner, source, from, length, count).setAccepted(nowNanos, writes);
    }

    /** Copies a whole MULTI ... EXEC of so many commands, both included, to the log's end. */
    public void appendUnit(ReplySink owner, ByteBuf source, int from, int length, int count, long nowNanos) {
        add(Entry.Kind.UNIT, owner, source, from, length, count).setAccepted(nowNanos, true);
    }

    /** Puts a command back at the log's end. */
    public void restore(HeldCommand held) {
        Entry entry = slot(appended++);
        entry.set(held.kind(), held.owner(), held.chunk(), held.offset(), held.length(), held.count());
        entry.setAccepted(held.acceptedNanos(), held.writes());
        entry.setExpiryNanos(held.expiryNanos());
        entry.setInDoubt(held.isInDoubt());
        entry.setError(held.error());
        commands += held.count();
        unwrittenBytes += held.length();
    }

    /** Awaits the reply of one command whose bytes do not pass the log. */
    public void appendStreamed(ReplySink owner, long nowNanos) {
        addWithoutBytes(Entry.Kind.STREAMED, owner, nowNanos);
    }

    /** Puts an error in line, to be delivered when everything before it has ended. */
    public void appendError(ReplySink owner, String error, long nowNanos) {
        addWithoutBytes(Entry.Kind.ERROR, owner, nowNanos).setError(error);
    }

    private Entry addWithoutBytes(Entry.Kind kind, ReplySink owner, long nowNanos) {
        Entry entry = slot(appended++);
        entry.set(kind, owner, null, 0, 0, 1);
        entry.setAccepted(nowNanos, kind != Entry.Kind.ERROR);
        commands++;
        return entry;
    }

    /** Ends what is not written with errors, one a command, that are delivered when everything before them has ended. */
    public void failInTurn(Entry entry, String error) {
        int errors = entry.kind() == Entry.Kind.RUN ? entry.unanswered() : 1;
        Chunk chunk = entry.chunk();
        unwrittenBytes -= entry.length();
        commands += errors - entry.unanswered();
        entry.turnInto(errors, error);
        if (chunk != null) {
            releaseFrom(chunk);
        }
    }

    /** The next bytes to write, as a retained slice that the caller owns; null when all are written. Commands whose client has left are dropped here. */
    public @Nullable ByteBuf nextUnwritten() {
        while (written != appended) {
            Entry first = at(written++);
            if (first.isFinished() || first.length() == 0 || dropIfUnwanted(first)) {
                continue;
            }
            unwrittenBytes -= first.length();
            int end = extend(first, first.offset() + first.length());
            return first.bytes().retainedSlice(first.offset(), end - first.offset());
        }
        return null;
    }

    private int extend(Entry first, int from) {
        int end = from;
        while (written != appended) {
            Entry next = at(written);
            if (next.chunk() != first.chunk() || next.offset() != end || dropIfUnwanted(next)) {
                return end;
            }
            end += next.length();
            unwrittenBytes -= next.length();
            written++;
        }
        return end;
    }

    private boolean dropIfUnwanted(Entry entry) {
        ReplySink owner = entry.owner();
        if (owner == null || owner.wantsUnsent()) {
            return false;
        }
        unwrittenBytes -= entry.length();
        finish(entry);
        return true;
    }

    /** The entry whose reply is due; null when nothing is in flight. Errors whose turn it is are delivered on the way. */
    public @Nullable Entry head() {
        while (answered != written) {
            Entry entry = at(answered);
            if (entry.isFinished()) {
                answered++;
            } else if (entry.kind() == Entry.Kind.ERROR) {
                deliverError(entry);
            } else {
                return entry;
            }
        }
        if (answered == appended) {
            ring.giveBack();
        }
        return null;
    }

    /** So many replies have come for the head. */
    public void headAnswered(Entry head, int replies) {
        head.addAnswered(replies);
        commands -= replies;
        if (head.unanswered() == 0) {
            finish(head);
        }
    }

    /** Delivers an error to the entry's owner and ends it. */
    public void deliverError(Entry entry) {
        ReplySink owner = entry.owner();
        int errors = entry.count();
        finish(entry);
        for (int i = 0; i < errors && owner != null; i++) {
            owner.onFailure(entry.error());
        }
    }

    private void finish(Entry entry) {
        commands -= entry.unanswered();
        Chunk chunk = entry.chunk();
        entry.clear();
        if (chunk != null) {
            releaseFrom(chunk);
        }
    }

    void releaseFrom(Chunk chunk) {
        if (chunk.releaseEntry() && (chunk != tail || !chunk.rewind())) {
            if (chunk == tail) {
                tail = null;
            }
            count(-chunk.capacity());
            chunk.release();
        }
    }

    /** By how much {@link #aliveBytes} would grow with so many bytes of commands more. */
    public long growthFor(int length) {
        Chunk current = tail;
        return current != null && current.hasRoom(length) ? 0 : Math.max(CHUNK_BYTES, length);
    }

    /** Visits everything that has not ended, oldest first. */
    public void forEach(Consumer<Entry> visitor) {
        visit(answered, appended, visitor);
    }

    /** Visits what is written and has not ended, oldest first. */
    public void forEachInFlight(Consumer<Entry> visitor) {
        visit(answered, written, visitor);
    }

    /** Visits what is not written and has not ended, oldest first; the visitor may end entries. */
    public void forEachUnwritten(Consumer<Entry> visitor) {
        visit(written, appended, visitor);
    }

    private void visit(long from, long to, Consumer<Entry> visitor) {
        for (long i = from; i < to; i++) {
            Entry entry = at(i);
            if (!entry.isFinished()) {
                visitor.accept(entry);
            }
        }
    }

    /** Puts those of what is not written that the test takes before the others; both keep their order. */
    public void bringForward(Predicate<Entry> test) {
        ring.bringForward(written, appended, test);
    }

    /** What is not written yet goes out in other words, in its place; copies them. Times to live in them count from now on. */
    public void rewrite(Entry entry, ByteBuf words, long nowNanos) {
        int length = words.readableBytes();
        unwrittenBytes += length - entry.length();
        Chunk before = entry.setWords(room(length), words, length, nowNanos);
        if (before != null) {
            releaseFrom(before);
        }
    }

    /**
     * Takes everything out, as single commands, oldest first; the caller restores or releases each of them. The connection is lost: the last
     * {@code unsentBytes} of what was written never left for the kernel.
     */
    public List<HeldCommand> takeAll(long unsentBytes) {
        List<HeldCommand> all = new ArrayList<>(commands);
        long sentBytes = writtenBytes() - unsentBytes;
        for (long i = answered; i != appended; i++) {
            Entry entry = at(i);
            if (entry.isFinished()) {
                continue;
            }
            boolean inFlight = i < written;
            new Splitter(this, entry, inFlight ? sentBytes : 0).splitInto(all);
            sentBytes -= inFlight ? entry.length() : 0;
            finish(entry);
        }
        written = appended;
        answered = appended;
        unwrittenBytes = 0;
        ring.giveBack();
        return all;
    }

    /**
     * Gives all that one client has in the log to another owner: replies to what is in flight are that owner's, what is not written leaves the log. Both lists get single commands, oldest first, which the caller
     * releases, or sends with {@link #appendAgain}.
     */
    @SuppressWarnings("ReferenceEquality") // that very client
    public void takeBack(ReplySink client, ReplySink to, List<HeldCommand> inFlight, List<HeldCommand> unwritten) {
        for (long i = answered; i != appended; i++) {
            Entry entry = at(i);
            ReplySink owner = entry.owner();
            if (owner == null || owner.client() != client) {
                continue;
            }
            if (i < written) {
                new Splitter(this, entry, 0).splitInto(inFlight);
                entry.setOwner(to);
            } else {
                withdraw(entry, unwritten);
            }
        }
    }

    /** Takes what was appended last out again, as single commands. */
    public void takeLast(List<HeldCommand> into) {
        withdraw(at(--appended), into);
    }

    private void withdraw(Entry entry, List<HeldCommand> into) {
        new Splitter(this, entry, 0).splitInto(into);
        unwrittenBytes -= entry.length();
        finish(entry);
    }

    /** Puts a command at the log's end, which the caller keeps all the same; its reply is that owner's. */
    public void appendAgain(HeldCommand held, ReplySink to) {
        held.retain();
        restore(held);
        at(appended - 1).setOwner(to);
    }

    private long writtenBytes() {
        long bytes = 0;
        for (long i = answered; i != written; i++) {
            Entry entry = at(i);
            bytes += entry.isFinished() ? 0 : entry.length();
        }
        return bytes;
    }

    /** Commands that have not ended. */
    public int commands() {
        return commands;
    }

    public int unwrittenBytes() {
        return unwrittenBytes;
    }

    /** Bytes of memory that the log keeps alive. */
    public long aliveBytes() {
        return aliveBytes;
    }

    public boolean hasUnwritten() {
        return written != appended;
    }

    public boolean isEmpty() {
        return answered == appended;
    }

    /** When the oldest command in flight was accepted; -1 when there is none. */
    public long oldestInFlightNanos() {
        Entry head = head();
        return head == null ? -1 : head.acceptedNanos();
    }

    /** Gives the memory back; nothing may be in it. */
    public void close() {
        if (!isEmpty()) {
            throw new IllegalStateException(commands + " commands are left");
        }
        if (tail != null) {
            count(-tail.capacity());
            tail.release();
            tail = null;
        }
    }

    private Entry add(Entry.Kind kind, ReplySink owner, ByteBuf source, int from, int length, int count) {
        Chunk chunk = room(length);
        int offset = chunk.add(source, from, length);
        Entry entry = slot(appended++);
        entry.set(kind, owner, chunk, offset, length, count);
        commands += count;
        unwrittenBytes += length;
        return entry;
    }

    private Chunk room(int length) {
        Chunk current = tail;
        if (current != null && current.hasRoom(length)) {
            return current;
        }
        if (current != null && current.isUnused()) {
            count(-current.capacity());
            current.release();
        }
        int capacity = Math.max(CHUNK_BYTES, length);
        Chunk fresh = new Chunk(allocator.directBuffer(capacity, capacity));
        tail = fresh;
        count(capacity);
        return fresh;
    }

    private void count(long change) {
        aliveBytes += change;
        account.add(change);
    }

    private Entry slot(long index) {
        return ring.slot(index, answered);
    }

    private Entry at(long index) {
        return ring.at(index);
    }
}
