package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.UpstreamKey;
import org.jspecify.annotations.Nullable;

/** Memory, with one step added to its reconciliation, which all traffic waits for: that everybody is subscribed again. Confined to the lane. */
public final class SubscriptionsFirst implements MemoryAnswerer {
    private final MemoryAnswerer memory;
    private @Nullable Subscriptions subscriptions;

    public SubscriptionsFirst(MemoryAnswerer memory) {
        this.memory = memory;
    }

    /** Called once, before anything connects. */
    public void attach(Subscriptions all) {
        subscriptions = all;
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        memory.reconcile(control, () -> {
            if (subscriptions == null) {
                then.run();
            } else {
                subscriptions.whenRestored(then);
            }
        });
    }

    @Override
    public void onControlLost() {
        if (subscriptions != null) {
            subscriptions.forgetWaiters();
        }
        memory.onControlLost();
    }

    @Override
    public boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner) {
        return memory.answer(key, arguments, owner);
    }

    @Override
    public void onHeld(UpstreamKey key, byte[][] arguments) {
        memory.onHeld(key, arguments);
    }

    @Override
    public void onHeldEnded(UpstreamKey key, byte[][] arguments) {
        memory.onHeldEnded(key, arguments);
    }

    @Override
    public void onInDoubt(UpstreamKey key, byte[][] arguments) {
        memory.onInDoubt(key, arguments);
    }

    @Override
    public void onOutage(Runnable then) {
        memory.onOutage(then);
    }

    @Override
    public void onReturn() {
        memory.onReturn();
    }
}
