package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.MemoryStep;
import dev.redoubt.proxy.upstream.Requests;
import org.jspecify.annotations.Nullable;

/** Memory, with one step added to its reconciliation, which all traffic waits for: that everybody is subscribed again. Confined to the lane. */
public final class SubscriptionsFirst extends MemoryStep {
    private @Nullable Subscriptions subscriptions;

    public SubscriptionsFirst(MemoryAnswerer memory) {
        super(memory);
    }

    /** Called once, before anything connects. */
    public void attach(Subscriptions all) {
        subscriptions = all;
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        super.reconcile(control, () -> {
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
        super.onControlLost();
    }
}
