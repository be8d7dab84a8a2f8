package dev.redoubt.proxy.upstream;

import java.util.ArrayList;
import java.util.List;

/** Connections that wait until Redis has all that memory acknowledged. Confined to the lane. */
final class BeforeData {
    private final MemoryAnswerer memory;
    private final Runnable onReconciled;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean reconciling;

    BeforeData(MemoryAnswerer memory, Runnable onReconciled) {
        this.memory = memory;
        this.onReconciled = onReconciled;
    }

    void add(Runnable then) {
        waiting.add(then);
    }

    /** Redis can be reached on that connection. */
    void run(Requests control) {
        if (!reconciling && !waiting.isEmpty()) {
            reconciling = true;
            memory.reconcile(control, this::done);
        }
    }

    private void done() {
        reconciling = false;
        onReconciled.run();
        List<Runnable> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(Runnable::run);
    }

    /** The next connection begins anew. */
    void onControlLost() {
        reconciling = false;
        memory.onControlLost();
    }
}
