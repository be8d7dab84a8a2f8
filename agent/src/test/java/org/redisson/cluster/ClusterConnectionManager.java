package org.redisson.cluster;

import java.util.function.Supplier;

/** What Redisson has by this name. */
public final class ClusterConnectionManager {
    private ClusterConnectionManager() {}

    public static <T> T asking(Supplier<T> question) {
        return question.get();
    }
}
