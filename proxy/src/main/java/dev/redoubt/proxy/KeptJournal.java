package dev.redoubt.proxy;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.fallback.MemoryStore;
import dev.redoubt.proxy.journalfile.Change;
import dev.redoubt.proxy.journalfile.JournalWriter;
import dev.redoubt.proxy.journalfile.Recovered;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk, and the replies that wait for it: a write is acknowledged once it is kept, and no reply of a client
 * overtakes an earlier one. Confined to the lane but for its constructor.
 */
final class KeptJournal {
    private static final Logger LOG = LoggerFactory.getLogger(KeptJournal.class);

    /** @param number of the change that must be kept first */
    private record Owed(ReplySink owner, ByteBuf reply, long number) {}

    private record Waiter(long number, Runnable task) {}

    private final MemoryStore store;
    private final JournalWriter writer;
    private final Runnable flush;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();
    private final Map<ReplySink, Integer> counts = new IdentityHashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private long newest;
    private long kept;
    private boolean failed;

    /**
     * Opens the journal and gives the store what it held.
     *
     * @param syncs whether what is kept is on disk, rather than with the operating system
     * @param flush sends what clients were given
     * @throws IOException if it cannot be used
     */
    KeptJournal(Lane lane, MemoryStore store, Path directory, boolean syncs, Runnable flush) throws IOException {
        this.store = store;
        this.flush = flush;
        this.writer = new JournalWriter(
                directory,
                syncs,
                number -> lane.executor().execute(() -> onKept(number)),
                () -> lane.executor().execute(this::onFailed));
        Recovered recovered = writer.recovered();
        try {
            store.restore(recovered.changes());
        } catch (IllegalArgumentException e) {
            writer.close();
            throw new IOException(e.getMessage(), e);
        }
        report(recovered, directory);
    }

    private static void report(Recovered recovered, Path directory) {
        if (recovered.cutBytes() > 0) {
            LOG.atWarn()
                    .addKeyValue("entries", recovered.changes().size())
                    .addKeyValue("cutBytes", recovered.cutBytes())
                    .addKeyValue("cutAt", recovered.cutAt())
                    .addKeyValue(
                            "advice",
                            "writes in the part that was cut off are lost; it is kept as journal.cut in " + directory)
                    .log("The journal on disk was damaged; what comes before the damage is used");
        } else if (!recovered.changes().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("entries", recovered.changes().size())
                    .log("The journal on disk has writes that Redis lacks; they go there before anything else");
        }
    }

    void start() {
        writer.start();
        bring();
    }

    /** Changes of the store go to the writer. */
    private boolean bring() {
        List<Change> changes = store.takeChanges();
        if (changes.isEmpty() || failed) {
            return false;
        }
        newest = writer.add(changes);
        return true;
    }

    /** Takes the reply to a command that has just run if it has to wait, and gives it later. The client's order holds, whoever takes a reply for it. */
    boolean owes(ReplySink owner, ByteBuf reply) {
        boolean changed = bring();
        if (!changed && owedTo(owner) == 0) {
            return false;
        }
        owed.add(new Owed(owner, reply.retain(), newest));
        counts.merge(owner.client(), 1, Integer::sum);
        return true;
    }

    int owedTo(ReplySink owner) {
        return counts.getOrDefault(owner.client(), 0);
    }

    /** Runs the task when all that has changed so far is kept, and all replies are given; at once if they are. */
    void whenKept(Runnable task) {
        bring();
        if (newest <= kept || failed) {
            task.run();
        } else {
            waiters.add(new Waiter(newest, task));
        }
    }

    private void onKept(long number) {
        kept = number;
        for (Owed next = owed.peek(); next != null && next.number() <= kept; next = owed.peek()) {
            give(owed.remove());
        }
        runWaiters();
    }

    private void give(Owed due) {
        counts.computeIfPresent(due.owner().client(), (owner, count) -> count == 1 ? null : count - 1);
        try {
            due.owner().onReplies(due.reply(), 0, due.reply().readableBytes(), 1);
            flush.run(); // the reply is borrowed
        } finally {
            due.reply().release();
        }
    }

    private void runWaiters() {
        List<Waiter> due = waiters.stream()
                .filter(waiter -> waiter.number() <= kept || failed)
                .toList();
        waiters.removeAll(due);
        due.forEach(waiter -> waiter.task().run());
    }

    /** What was done in memory may never be on disk: whoever waits for it is told so. */
    private void onFailed() {
        failed = true;
        store.closeJournal();
        for (Owed due = owed.poll(); due != null; due = owed.poll()) {
            due.reply().clear();
            RespWriter.error(
                    due.reply(),
                    "INDOUBT the journal on disk failed; the command was applied in memory and may be lost if Redoubt ends"
                            + " before Redis is back: read the key before you try again");
            give(due);
        }
        runWaiters();
    }

    long fileBytes() {
        return writer.fileBytes();
    }

    long syncs() {
        return writer.syncs();
    }

    /** Writes what is left; blocks for as long. */
    void close() {
        bring();
        writer.close();
    }

    /** The clients are gone. */
    void dropOwed() {
        owed.forEach(due -> due.reply().release());
        owed.clear();
        counts.clear();
    }
}
