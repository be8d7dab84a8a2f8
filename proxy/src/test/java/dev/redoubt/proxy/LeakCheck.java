package dev.redoubt.proxy;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that left buffers to the garbage collector. JUnit applies it to all classes by itself. */
public final class LeakCheck implements AfterAllCallback {
    private static final int COLLECTIONS = 10;

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

    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        for (int i = 0; i < COLLECTIONS && garbage.get() != null; i++) {
            System.gc();
        }
    }
}
