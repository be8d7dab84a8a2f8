package dev.redoubt.proxy.resolver;

import java.util.function.Consumer;

/** A way to look names up. Thread-safe; none of its methods blocks. */
public interface Lookup extends AutoCloseable {
    /** Asks anew, from no cache. The answer comes once, on whatever thread, however late. */
    void start(String host, Consumer<Answer> whenDone);

    /** Ends its threads; answers that are due may stay away. */
    @Override
    void close();
}
