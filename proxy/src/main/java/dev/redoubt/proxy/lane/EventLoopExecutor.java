package dev.redoubt.proxy.lane;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A lane's thread that is a Netty event loop. Thread-safe. */
public record EventLoopExecutor(EventLoop loop) implements LaneExecutor {
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        Future<?> future = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public boolean inLane() {
        return loop.inEventLoop();
    }
}
