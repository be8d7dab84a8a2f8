package app.jedis;

import java.util.function.Supplier;

/** A class of an application, by a name that has nothing to do with what it connects to. */
public final class ClusterSentinelReport {
    private ClusterSentinelReport() {}

    public static <T> T calling(Supplier<T> question) {
        return question.get();
    }
}
