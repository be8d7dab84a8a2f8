package dev.redoubt.proxy;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.session.MemoryDesk;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;

/** Answers nothing from memory: for a fallback that is switched off. Stateless. */
final class NoMemory implements MemoryAnswerer, MemoryDesk {
    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return false;
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out) {
        return false;
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {}

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {}

    @Override
    public void onOutage() {}

    @Override
    public void reconcile(Requests control, Runnable then) {
        then.run();
    }

    @Override
    public void onReturn() {}
}
