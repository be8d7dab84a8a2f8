package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.config.ClientSettings;
import dev.redoubt.proxy.config.OutputBufferLimit;
import dev.redoubt.proxy.upstream.Backoff;
import dev.redoubt.proxy.upstream.UpstreamTimings;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What one seed's world is like: sizes small enough that every limit is met, times long and short. Immutable.
 *
 * @param clients that are connected at any time
 * @param commands that each client sends before it comes to rest
 * @param faultNanos how long things go wrong
 * @param meanFaultNanos between one fault and the next
 * @param delayNanos the longest that bytes take through the network
 * @param zombieNanos the longest that bytes of a broken connection stay on their way
 * @param kernelBytes that a connection takes before its peer has read them
 * @param directWrites whether sockets are written past Netty, as on epoll
 * @param password whether the server wants one
 * @param fenceDenied whether the server refuses CLIENT KILL
 * @param infoDenied whether the server refuses INFO
 * @param choices of delivery, over the class
 */
record Plan(
        int clients,
        int commands,
        long faultNanos,
        long meanFaultNanos,
        long delayNanos,
        long zombieNanos,
        int kernelBytes,
        int readBufferBytes,
        WriteBufferWaterMark waterMark,
        boolean directWrites,
        boolean password,
        boolean fenceDenied,
        boolean infoDenied,
        int leases,
        Choices choices,
        Duration holdBudget,
        UpstreamTimings timings,
        ClientSettings limits) {
    static Plan of(SplittableRandom random) {
        int kernelBytes = pick(random, 64, 1_000, 20_000, 200_000);
        int mark = pick(random, 128, 4_096, 64 * 1024);
        Duration holdBudget = Duration.ofMillis(pick(random, 1_000, 3_000, 10_000, 10_000));
        int largeReply = pick(random, 200, 2_000, 1_000_000);
        int inFlight = pick(random, 1, 8, 1_024);
        boolean denied = random.nextInt(12) == 0;
        return new Plan(
                random.nextInt(1, 6),
                random.nextInt(20, 120),
                random.nextLong(World.SECOND, 8 * World.SECOND),
                random.nextLong(50 * World.MILLI, World.SECOND),
                pick(random, 1, 2, kernelBytes < 1_000 ? 2 : 20, kernelBytes < 20_000 ? 5 : 200) * World.MILLI,
                pick(random, 10, 500, 5_000) * World.MILLI,
                kernelBytes,
                pick(random, 16, 200, 4_096, 64 * 1024),
                new WriteBufferWaterMark(mark / 4, mark),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                denied,
                denied && random.nextBoolean(),
                random.nextInt(1, 20),
                Choices.of(random),
                holdBudget,
                timings(random, holdBudget, inFlight, largeReply),
                limits(random, kernelBytes, inFlight, largeReply));
    }

    /** The same world with nothing slow, small or forbidden in it, but for the buffers that are read into. */
    Plan calm() {
        return new Plan(
                1,
                commands,
                0,
                World.SECOND,
                World.MILLI,
                World.MILLI,
                1 << 20,
                readBufferBytes,
                WriteBufferWaterMark.DEFAULT,
                directWrites,
                false,
                false,
                false,
                20,
                choices,
                holdBudget,
                timings,
                limits);
    }

    private static UpstreamTimings timings(SplittableRandom random, Duration holdBudget, int inFlight, int largeReply) {
        Backoff backoff = new Backoff(
                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(60));
        return new UpstreamTimings(
                backoff,
                0,
                Duration.ofMillis(pick(random, 200, 1_000, 1_000)),
                Duration.ofMillis(pick(random, 500, 3_000)),
                Duration.ofMillis(pick(random, 300, 1_000)),
                Duration.ofMillis(pick(random, 2_000, 5_000, 20_000)),
                Duration.ofMillis(pick(random, 300, 1_000)),
                random.nextInt(4) == 0 ? holdBudget.dividedBy(2) : holdBudget,
                inFlight % 4 == 0 ? holdBudget : holdBudget.dividedBy(5),
                Duration.ofMillis(pick(random, 500, 60_000)),
                false,
                pick(random, 1 << 20, 16 << 20),
                pick(random, 2 * inFlight + 2, 100_000, 100_000),
                largeReply);
    }

    private static ClientSettings limits(SplittableRandom random, int kernelBytes, int inFlight, int largeReply) {
        return new ClientSettings(
                1_000,
                inFlight,
                pick(random, 100, 4_000, 1 << 20),
                0,
                OutputBufferLimit.NONE,
                1 << 24,
                1 << 20,
                pick(random, 300, 5_000, kernelBytes < 20_000 ? 5_000 : 64 * 1024),
                1 << 20,
                largeReply,
                Duration.ZERO,
                Duration.ZERO);
    }

    private static int pick(SplittableRandom random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
