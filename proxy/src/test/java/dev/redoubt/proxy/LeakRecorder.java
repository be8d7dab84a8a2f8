package dev.redoubt.proxy;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Netty's leak detector of the unit tests (a system property names it): keeps what it finds for {@link LeakCheck}. */
public final class LeakRecorder<T> extends ResourceLeakDetector<T> {
    private static final List<String> LEAKS = Collections.synchronizedList(new ArrayList<>());

    /** The constructor that Netty uses. */
    @SuppressWarnings("deprecation")
    public LeakRecorder(Class<?> type, int samplingInterval) {
        super(type, samplingInterval);
    }

    /** The constructor of earlier times: Netty prints an error where it is missing. */
    public LeakRecorder(Class<?> type, int samplingInterval, long maxActive) {
        this(type, samplingInterval);
    }

    /** What was found since the last call. */
    static List<String> takeLeaks() {
        synchronized (LEAKS) {
            List<String> taken = List.copyOf(LEAKS);
            LEAKS.clear();
            return taken;
        }
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
        LEAKS.add(type + ": " + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
        LEAKS.add(type);
    }
}
