package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.upstream.ScriptedMemory;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;

/** The same script for sessions. */
final class DeskMemory extends ScriptedMemory implements MemoryDesk {
    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out) {
        String reply = reply(arguments);
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
