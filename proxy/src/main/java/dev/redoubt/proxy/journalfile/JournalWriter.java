package dev.redoubt.proxy.journalfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes to the file on a thread of its own: all that have come while the last ones were written go together, so that
 * one sync serves many. Thread-safe.
 */
public final class JournalWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private static final long LONGEST_CLOSE_MILLIS = 10_000;

    private final JournalFile file;
    private final boolean syncs;
    private final LongConsumer onKept;
    private final Runnable onFailed;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private List<List<Change>> waiting = new ArrayList<>();
    private long newest;
    private boolean closed;
    /** Confined to the thread. */
    private long kept;
    /** For metrics. */
    private volatile long fileBytes;

    private volatile long syncCount;

    /**
     * Opens the file and reads it; {@link #start} begins.
     *
     * @param syncs whether changes count as kept only when they are on disk; else when the system has them
     * @param onKept told the number of the newest unit that is kept, and with it all before; on the writer's thread
     * @param onFailed nothing is kept any more; on the writer's thread, once
     * @throws IOException if the directory cannot be used, or another process uses it
     */
    public JournalWriter(Path directory, boolean syncs, LongConsumer onKept, Runnable onFailed) throws IOException {
        this.file = new JournalFile(directory);
        this.syncs = syncs;
        this.onKept = onKept;
        this.onFailed = onFailed;
        this.thread = new Thread(this::run, "redoubt-journal");
        this.thread.setDaemon(true);
        this.fileBytes = file.bytes();
    }

    public Recovered recovered() {
        return file.recovered();
    }

    public void start() {
        thread.start();
    }

    /** Takes changes that count together: all of them are kept, or none. Says the number of this unit. */
    public long add(List<Change> changes) {
        lock.lock();
        try {
            waiting.add(changes);
            newest++;
            work.signal();
            return newest;
        } finally {
            lock.unlock();
        }
    }

    public long fileBytes() {
        return fileBytes;
    }

    public long syncs() {
        return syncCount;
    }

    private void run() {
        try {
            for (List<List<Change>> units = take(); units != null; units = take()) {
                keep(units);
            }
            file.close();
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue(
                            "advice",
                            "look at the disk of journal.dir; writes get errors until Redoubt is started again")
                    .setCause(e)
                    .log("The journal cannot be written; memory acknowledges no more writes");
            onFailed.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when it was closed and all is written. */
    private @Nullable List<List<Change>> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.await();
            }
            List<List<Change>> taken = waiting;
            waiting = new ArrayList<>();
            return taken.isEmpty() ? null : taken;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: this thread
    private void keep(List<List<Change>> units) throws IOException {
        file.append(units);
        if (syncs) {
            file.force();
            syncCount++;
        }
        fileBytes = file.bytes();
        kept += units.size();
        onKept.accept(kept);
    }

    /** Writes what has come, and ends the thread. Blocks for as long. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.getState() == Thread.State.NEW) {
                file.close();
            } else {
                thread.join(LONGEST_CLOSE_MILLIS);
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The journal's file could not be closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
