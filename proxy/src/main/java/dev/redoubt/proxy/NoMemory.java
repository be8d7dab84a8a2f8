package dev.redoubt.proxy;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.session.MemoryDesk;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.UpstreamKey;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers nothing from memory: for a fallback that is switched off. Stateless. */
final class NoMemory implements MemoryAnswerer, MemoryDesk {
    static final NoMemory INSTANCE = new NoMemory();

    private NoMemory() {}

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return false;
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ByteBuf out) {
        return false;
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink owner) {
        return false;
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ByteBuf out) {
        return false;
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {}

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {}

    @Override
    public void onUnreadable(UpstreamKey key, byte @Nullable [] onlyKey) {}

    @Override
    public void onInDoubt(UpstreamKey key, byte[][] arguments) {}

    @Override
    public void onControlLost() {}

    @Override
    public void onAbsence() {}

    @Override
    public void onOutage(Runnable then) {
        then.run();
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        then.run();
    }

    @Override
    public void onReturn() {}
}
