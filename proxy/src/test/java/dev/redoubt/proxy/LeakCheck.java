package dev.redoubt.proxy;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that left buffers to the garbage collector. JUnit applies it to all classes by itself. */
public final class LeakCheck implements AfterAllCallback {
    private static final int COLLECTIONS = 10;
    private static final long PATIENCE_MILLIS = 1_000;

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> leaks = findLeaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError("buffers were not released:\n" + String.join("\n", leaks));
        }
    }

    /** The detector hears from the collector which buffers are gone, and reports them when the next one is made. */
    static List<String> findLeaks() {
        collectGarbage();
        ByteBufAllocator.DEFAULT.buffer().release();
        return LeakRecorder.takeLeaks();
    }

    /**
     * References reach their queues some time after a collection. What the first one found is queued before what the second
     * one finds.
     */
    private static void collectGarbage() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        for (int i = 0; i < 2; i++) {
            collectUntilQueued(new WeakReference<>(new Object(), queue), queue);
        }
    }

    private static void collectUntilQueued(WeakReference<Object> garbage, ReferenceQueue<Object> queue) {
        try {
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
                if (queue.remove(PATIENCE_MILLIS) == garbage) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the garbage collector does not collect");
    }
}
