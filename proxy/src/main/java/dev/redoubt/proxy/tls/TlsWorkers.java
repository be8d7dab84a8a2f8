package dev.redoubt.proxy.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what must not run on a lane: checking a peer's certificates (which may take a while, and with the JDK's provider is all of a handshake's arithmetic), and reading files. Thread-safe.
 */
public final class TlsWorkers implements AutoCloseable {
    private static final int THREADS = 2;

    private final ThreadPoolExecutor tasks = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("redoubt-tls", true));
    private final ScheduledThreadPoolExecutor looks =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("redoubt-tls-files", true));

    public TlsWorkers() {
        tasks.allowCoreThreadTimeOut(true);
    }

    Executor tasks() {
        return tasks;
    }

    void after(Duration delay, Runnable look) {
        if (!looks.isShutdown()) {
            looks.schedule(look, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Lets nothing more begin. */
    @Override
    public void close() {
        looks.shutdownNow();
        tasks.shutdownNow();
    }
}
