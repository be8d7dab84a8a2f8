package dev.redoubt.proxy.lane;

import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * An event loop that runs when it is told to, in the test's own thread, with time that stands still until it is moved. All channels of a test share it with the lane, as in production: what a
 * channel puts off (an inactive event after a close, say) comes later here too.
 */
public final class TestLoop extends AbstractScheduledEventExecutor implements EventLoop {
    private static final int TOO_MANY_TASKS = 1_000_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final Lane lane =
            new Lane(new EventLoopExecutor(this), new LoopClock(), new SplittableRandom(1), ByteBufAllocator.DEFAULT);

    private final class LoopClock implements Clock {
        @Override
        public long nanoTime() {
            return ticker.nanoTime();
        }

        @Override
        public long epochMillis() {
            return 1_700_000_000_000L + ticker.nanoTime() / 1_000_000;
        }
    }

    public TestLoop() {
        ticker.advance(1_000, TimeUnit.SECONDS);
    }

    /** A lane whose thread, clock and chance are this loop's. */
    public Lane lane() {
        return lane;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    @Deprecated
    protected long getCurrentTimeNanos() {
        return ticker.nanoTime();
    }

    /** Runs everything that is due, and what comes of it. */
    public void run() {
        int count = 0;
        for (Runnable task = nextTask(); task != null; task = nextTask()) {
            task.run();
            if (++count > TOO_MANY_TASKS) {
                throw new IllegalStateException("the loop does not come to rest");
            }
        }
    }

    private Runnable nextTask() {
        Runnable task = tasks.poll();
        return task == null ? pollScheduledTask(ticker.nanoTime()) : task;
    }

    /** Lets so much time go by, and runs what becomes due at its time. */
    public void advance(Duration duration) {
        run();
        long end = ticker.nanoTime() + duration.toNanos();
        for (long next = nextDeadline(); next <= end; next = nextDeadline()) {
            moveTo(next);
            run();
        }
        moveTo(end);
    }

    private long nextDeadline() {
        long next = nextScheduledTaskDeadlineNanos();
        return next == -1 ? Long.MAX_VALUE : next;
    }

    private void moveTo(long nanos) {
        ticker.advance(Math.max(0, nanos - ticker.nanoTime()), TimeUnit.NANOSECONDS);
    }

    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** Lets so much time go by in which the loop does not come to what is due, as in a long turn. */
    public void beBusyMillis(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public EventLoopGroup parent() {
        return this;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return true;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public boolean isShuttingDown() {
        return false;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<?> terminationFuture() {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException();
    }
}
