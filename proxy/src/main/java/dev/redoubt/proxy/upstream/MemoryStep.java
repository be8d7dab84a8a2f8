package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory with a step of one's own added: passes everything on, for those that change one thing. Confined to the lane. */
public abstract class MemoryStep implements MemoryAnswerer {
    private final MemoryAnswerer next;

    protected MemoryStep(MemoryAnswerer next) {
        this.next = next;
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        next.reconcile(control, then);
    }

    @Override
    public void onControlLost() {
        next.onControlLost();
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return next.answer(key, arguments, owner);
    }

    @Override
    public boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink owner) {
        return next.answerAll(key, queued, owner);
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {
        next.onHeld(key, arguments);
    }

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {
        next.onHeldEnded(key, arguments);
    }

    @Override
    public void onInDoubt(UpstreamKey key, byte[][] arguments) {
        next.onInDoubt(key, arguments);
    }

    @Override
    public void onAbsence() {
        next.onAbsence();
    }

    @Override
    public void onOutage(Runnable then) {
        next.onOutage(then);
    }

    @Override
    public byte @Nullable [] scriptLoad(byte[][] call) {
        return next.scriptLoad(call);
    }

    @Override
    public void onReturn() {
        next.onReturn();
    }
}
