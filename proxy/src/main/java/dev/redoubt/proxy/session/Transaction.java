package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.Arguments;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's MULTI queue: kept here until EXEC, so that it goes out as one contiguous piece, MULTI and EXEC included. Confined to the lane; owns its buffer. */
final class Transaction {
    private final ByteBuf unit;
    private int commands;
    private boolean failed;
    private String failure = "";
    private boolean changesConnection;
    private boolean mayWrite;
    private @Nullable PauseRequest pause;

    Transaction(ByteBufAllocator allocator) {
        unit = allocator.directBuffer(512);
        RespWriter.command(unit, "MULTI");
    }

    void queue(byte[][] arguments, boolean changesItsConnection, boolean mayWriteData) {
        RespWriter.command(unit, arguments);
        commands++;
        changesConnection |= changesItsConnection;
        mayWrite |= mayWriteData;
    }

    /** Commands that are queued, without MULTI and EXEC. */
    int commands() {
        return commands;
    }

    /** A CLIENT PAUSE is queued. */
    void queuePause(@Nullable PauseRequest request) {
        pause = request;
    }

    /** What Redis will pause; null for nothing. */
    @Nullable
    PauseRequest pause() {
        return pause;
    }

    boolean mayWrite() {
        return mayWrite;
    }

    /** A command was refused at queue time: EXEC will abort. */
    void fail() {
        failed = true;
    }

    /** The same, by Redis with that error. */
    void fail(String error) {
        failed = true;
        failure = error;
    }

    /** The last error by which Redis refused a command at queue time; empty if it did not. */
    String failure() {
        return failure;
    }

    boolean isFailed() {
        return failed;
    }

    /** Whether it must not run on a connection that others use. */
    boolean changesConnection() {
        return changesConnection;
    }

    int bytes() {
        return unit.readableBytes();
    }

    /** Appends EXEC; the buffer stays this object's. */
    ByteBuf complete() {
        RespWriter.command(unit, "EXEC");
        return unit;
    }

    /** Commands in the completed unit, MULTI and EXEC included. */
    int unitCommands() {
        return commands + 2;
    }

    /** What was queued, before {@link #complete}. */
    List<byte[][]> queued() {
        List<byte[][]> all = new ArrayList<>(commands + 1);
        Arguments.forEach(unit, 0, unit.writerIndex(), all::add);
        return all.subList(1, all.size());
    }

    void release() {
        unit.release();
    }
}
