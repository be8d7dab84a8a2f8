package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Memory, as a session asks it. Confined to the lane. */
public interface MemoryDesk {
    /** Appends the reply of a command if memory can give it; false, and nothing done, if it can't or the command's keys wait for a held one. */
    boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out);

    /** The command is held: what it may write is not answerable until it has ended. */
    void onHeld(UpstreamKey key, byte[][] arguments);

    /** Something was written that memory cannot read: to this key only, or, where it is null, to anything in the database. */
    void onUnreadable(UpstreamKey key, byte @Nullable [] onlyKey);
}
