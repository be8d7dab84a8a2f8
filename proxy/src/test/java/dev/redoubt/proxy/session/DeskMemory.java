package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.upstream.ScriptedMemory;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** The same script for sessions. */
final class DeskMemory extends ScriptedMemory implements MemoryDesk {
    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out) {
        return append(reply(arguments), out);
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ByteBuf out) {
        return append(replyToAll(queued), out);
    }

    private static boolean append(String reply, ByteBuf out) {
        if (reply == null) {
            return false;
        }
        out.writeBytes(Wire.bytes(reply));
        return true;
    }

    @Override
    public void onUnreadable(UpstreamKey key, byte[] onlyKey) {
        hear("unreadable", key, onlyKey == null ? new byte[0][] : new byte[][] {onlyKey});
    }
}
