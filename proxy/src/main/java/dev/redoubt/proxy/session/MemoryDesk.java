package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory, as a session asks it. Confined to the lane. */
public interface MemoryDesk {
    /** Appends the reply of a command if memory can give it; false, and nothing done, if it can't or the command's keys wait for a held one. */
    boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out);

    /**
     * The same where replies may have to wait ({@link #givesLater}): true if the client has its reply or will get it, as one that
     * comes from Redis; it must count as pending before.
     */
    boolean answer(UpstreamKey key, byte[][] arguments, ReplySink client);

    /** The same for what a transaction has queued: one reply, that of EXEC, for all of it, or nothing done. */
    boolean answerAll(UpstreamKey key, List<byte[][]> queued, ByteBuf out);

    /** The same where replies may have to wait. */
    boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink client);

    /** Whether what memory acknowledges must be on disk first. */
    default boolean givesLater() {
        return false;
    }

    /** How many replies are on their way to this client. */
    default int owedTo(ReplySink client) {
        return 0;
    }

    /** Something was written that memory cannot read: to this key only, or, where it is null, to anything in the database. */
    void onUnreadable(UpstreamKey key, byte @Nullable [] onlyKey);

    /** The body of a script that a client runs or loads. */
    default void onScript(byte[] body) {}
}
