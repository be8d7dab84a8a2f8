package dev.redoubt.proxy.lane;

import dev.redoubt.proxy.log.Repeats;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with its clients' sessions and its upstream connections: whatever is said to be confined to the lane may be touched on this thread only. Time, chance and
 * memory come from here, so that a simulator can give its own.
 *
 * <p>A <em>turn</em> is one round of the event loop: reads of many sockets, then tasks. Work that pays when it is done once for all of them (writing upstream, flushing clients) is put
 * off to the turn's end.
 */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final LaneExecutor executor;
    private final Clock clock;
    private final RandomGenerator random;
    private final Repeats repeats;
    private final ByteBufAllocator allocator;
    private List<Runnable> endOfTurn = new ArrayList<>();
    private List<Runnable> running = new ArrayList<>();
    private final Runnable endTurn = this::endTurn;

    public Lane(LaneExecutor executor, Clock clock, RandomGenerator random, ByteBufAllocator allocator) {
        this.executor = executor;
        this.clock = clock;
        this.random = random;
        this.allocator = allocator;
        this.repeats = new Repeats((task, nanos) -> executor.schedule(task, nanos));
    }

    public LaneExecutor executor() {
        return executor;
    }

    public Clock clock() {
        return clock;
    }

    /** Monotonic nanoseconds. */
    public long nanoTime() {
        return clock.nanoTime();
    }

    public RandomGenerator random() {
        return random;
    }

    /** For lines about what a client or a bug may cause again and again. */
    public Repeats repeats() {
        return repeats;
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** Runs the task when all sockets that are ready in this turn have been read. Tasks that are added meanwhile run in the same turn. */
    public void atEndOfTurn(Runnable task) {
        if (endOfTurn.isEmpty()) {
            executor.execute(endTurn);
        }
        endOfTurn.add(task);
    }

    private void endTurn() {
        List<Runnable> tasks = endOfTurn;
        endOfTurn = running;
        running = tasks;
        for (int i = 0; i < tasks.size(); i++) {
            runGuarded(tasks.get(i));
        }
        tasks.clear();
    }

    /** A bug in one task must not keep the others, and all turns to come, from running. */
    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            repeats.happened(
                    "turn: " + e.getClass().getName(),
                    times -> LOG.atError()
                            .addKeyValue("times", times)
                            .addKeyValue("advice", "this is a bug of Redoubt: report it with this line")
                            .setCause(e)
                            .log("Work at the end of a turn failed; the rest goes on"));
        }
    }
}
