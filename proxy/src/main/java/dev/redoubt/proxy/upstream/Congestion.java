package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.lane.ByteAccount;
import java.util.ArrayList;
import java.util.List;

/** Whether Redis takes less than clients send, and who waits for that to end. Limits are half of the backlog's, so that what is sent before everybody has noticed still fits. Confined to the lane. */
public final class Congestion {
    private final CommandLog log;
    private final ByteAccount allLogs;
    private final UpstreamTimings limits;
    private final List<Runnable> waiting = new ArrayList<>();

    Congestion(CommandLog log, ByteAccount allLogs, UpstreamTimings limits) {
        this.log = log;
        this.allLogs = allLogs;
        this.limits = limits;
    }

    public boolean isCongested() {
        return log.unwrittenBytes() > limits.maxBacklogBytes() / 16
                || allLogs.bytes() > limits.maxBacklogBytes() / 2
                || log.commands() > limits.maxBacklogCommands() / 2;
    }

    /** Whether so many commands more are too many. What goes out with this turn is no backlog: {@link #isCongested} bounds it. */
    boolean isFull(boolean goesOut, int length, int count) {
        return (!goesOut && log.commands() + count > limits.maxBacklogCommands())
                || allLogs.bytes() + log.growthFor(length) > limits.maxBacklogBytes();
    }

    /** Runs the task when it is congested no more. */
    public void whenOver(Runnable task) {
        waiting.add(task);
    }

    /** Replies have come: lets those who wait go on, if it is over. */
    void check() {
        if (!waiting.isEmpty() && !isCongested()) {
            wakeAll();
        }
    }

    /** Lets those who wait go on, whatever the state: they will see it for themselves. */
    void wakeAll() {
        List<Runnable> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(Runnable::run);
    }
}
