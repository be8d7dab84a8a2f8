package dev.redoubt.proxy.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.resp.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** A log with commands written as words, and the memory that it takes. */
public final class LogFixture {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final CommandLog log = new CommandLog(allocator, new ByteAccount());

    public CommandLog log() {
        return log;
    }

    /** Bytes that the log has taken from the allocator and not given back. */
    public long allocated() {
        return allocator.metric().usedDirectMemory();
    }

    /** Appends one run of commands, accepted at 0. */
    public void run(ReplySink owner, String... commands) {
        runAt(0, owner, commands);
    }

    /** The same, accepted at that time. */
    public void runAt(long nanos, ReplySink owner, String... commands) {
        ByteBuf source = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.append(owner, source, 0, source.writerIndex(), commands.length, true, nanos);
    }

    /** The same for commands that only read. */
    public void reads(ReplySink owner, String... commands) {
        ByteBuf source = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.append(owner, source, 0, source.writerIndex(), commands.length, false, 0);
    }

    /** Appends one transaction, MULTI and EXEC included. */
    public void unit(ReplySink owner, String... commands) {
        ByteBuf source = Unpooled.wrappedBuffer(Wire.commands(commands));
        log.appendUnit(owner, source, 0, source.writerIndex(), commands.length, 0);
    }

    /** Writes everything; returns it as text, one string a slice. */
    public List<String> write() {
        List<String> slices = new ArrayList<>();
        for (ByteBuf slice = log.nextUnwritten(); slice != null; slice = log.nextUnwritten()) {
            slices.add(Wire.text(slice));
        }
        return slices;
    }

    /** Ends so many commands, as their replies do. */
    public void answer(int replies) {
        for (int i = 0; i < replies; i++) {
            Entry head = log.head();
            log.headAnswered(head, 1);
        }
        log.head();
    }

    /** The log is empty and gives everything back. */
    public void closeEmpty() {
        assertEquals(0, log.commands());
        assertEquals(0, log.unwrittenBytes());
        log.close();
        assertEquals(0, log.aliveBytes());
        assertEquals(0, allocated());
    }
}
