package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.lane.LaneExecutor;
import dev.redoubt.proxy.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Time, chance and the one thread of a simulation: a queue of what happens when, and a queue of what the lane's thread still has to do in this turn. Nothing runs at the same time as anything else.
 */
final class World implements Clock, LaneExecutor {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000_000_000;
    /** Sockets that become ready so close to each other are read in one turn of the event loop. */
    private static final long SAME_TURN_NANOS = 50_000;

    private static final long ORIGIN_NANOS = 3_600 * SECOND;
    private static final long ORIGIN_EPOCH_MILLIS = 1_700_000_000_000L;

    private record Event(long at, long order, Runnable action) {}

    private final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> trace = new ArrayList<>();
    private final boolean tracing;
    private long now;
    private long scheduled;

    World(long seed, boolean tracing) {
        this.random = new SplittableRandom(seed);
        this.tracing = tracing;
    }

    // ---- chance

    SplittableRandom random() {
        return random;
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Small numbers far more often than large ones, from 0 to {@code most}. */
    long skewed(long most) {
        return random.nextLong(1 + (most >> random.nextInt(12)));
    }

    // ---- time

    /** Nanoseconds since the simulation began. */
    long now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return ORIGIN_NANOS + now;
    }

    @Override
    public long epochMillis() {
        return ORIGIN_EPOCH_MILLIS + now / MILLI;
    }

    /** Has something happen after so many nanoseconds. */
    void after(long delayNanos, Runnable action) {
        events.add(new Event(now + Math.max(0, delayNanos), scheduled++, action));
    }

    // ---- the lane's thread

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        boolean[] cancelled = {false};
        after(delayNanos, () -> {
            if (!cancelled[0]) {
                task.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    @Override
    public boolean inLane() {
        return true;
    }

    /** One turn of the event loop: what is ready, then all tasks. False when nothing is left to happen before that time. */
    boolean turn(long untilNanos) {
        if (events.isEmpty() || events.peek().at() > untilNanos) {
            return false;
        }
        happen();
        while (!events.isEmpty() && events.peek().at() - now < SAME_TURN_NANOS && oneIn(3)) {
            happen();
        }
        runTasks();
        return true;
    }

    /** Runs what the lane's thread has to do, without time going on. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void happen() {
        Event event = events.remove();
        now = event.at();
        event.action().run();
    }

    // ---- the record of what happened

    void trace(Supplier<String> line) {
        if (tracing) {
            trace.add(String.format("%12.6f  %s", now / (double) SECOND, line.get()));
        }
    }

    List<String> trace() {
        return trace;
    }
}
