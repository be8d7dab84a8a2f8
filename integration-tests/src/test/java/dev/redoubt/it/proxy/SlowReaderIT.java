package dev.redoubt.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is owed 1 GB of replies and does not read costs the proxy little memory and the other clients no time, and gets all of it once it reads. */
@Timeout(120)
class SlowReaderIT {
    private static final long OWED_BYTES = 1L << 30;
    private static final long GROWTH_LIMIT_BYTES = 64L << 20;
    private static final int SAMPLES = 1_000;
    private static final int ROUNDS = 3;

    /** A difference of p99s below this is the machine's, not the proxy's. */
    private static final long NOISE_NANOS = 1_000_000;

    private static RedisServer redis;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
        // What is measured is the memory of a proxy as users run it, not that of the leak detector.
        proxy = ProxyProcess.setup()
                .upstream(redis)
                .jvm("-Dio.netty.leakDetection.level=simple")
                .start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void largeReplies() {
        owe(1 << 20);
    }

    @Test
    void smallReplies() {
        owe(10 << 10);
    }

    private static void owe(int valueBytes) {
        assumeTrue(proxy.residentBytes().isPresent(), "no /proc to read memory from");
        try (RawClient slow = proxy.connect();
                RawClient other = proxy.connect()) {
            other.call("SET", "large", "x".repeat(valueBytes));
            other.call("SET", "small", "y");
            long p99Before = median(other);
            long residentBefore = proxy.residentBytes().getAsLong();

            int commands = (int) (OWED_BYTES / valueBytes);
            Thread sender = sendAll(slow, commands);
            awaitStandstill();
            // What the slow client costs it costs all the time: a window in which the machine does something else does
            // not count.
            Eventually.until(
                    "a p99 of at most twice " + p99Before / 1e6 + " ms",
                    () -> p99Nanos(other) <= 2 * p99Before + NOISE_NANOS);
            long grown = proxy.residentBytes().getAsLong() - residentBefore;

            assertTrue(grown <= GROWTH_LIMIT_BYTES, "grown by " + (grown >> 20) + " MB");
            readAll(slow, commands, valueBytes);
            Eventually.until("end of sending", () -> !sender.isAlive());
        }
    }

    /** Until then it is a busy client among others, and not yet a slow one. */
    private static void awaitStandstill() {
        ProxyPages pages = new ProxyPages(proxy);
        long[] last = {-1};
        Eventually.until("the end of new commands", () -> {
            long before = last[0];
            last[0] = pages.metric("commands_total");
            return last[0] == before;
        });
    }

    /** On a thread of its own: the proxy stops reading a client that does not read. */
    private static Thread sendAll(RawClient client, int commands) {
        byte[] get = "*2\r\n$3\r\nGET\r\n$5\r\nlarge\r\n".getBytes(StandardCharsets.US_ASCII);
        Thread sender = new Thread(() -> {
            for (int i = 0; i < commands; i++) {
                client.sendRaw(get);
            }
        });
        sender.start();
        return sender;
    }

    private static void readAll(RawClient client, int commands, int valueBytes) {
        String header = "$" + valueBytes + "\r\n";
        for (int i = 0; i < commands; i++) {
            byte[] reply = client.readRaw();
            assertEquals(header.length() + valueBytes + 2, reply.length);
        }
    }

    /** The median of some p99s of an unpipelined client, in nanoseconds: one hiccup of the machine does not decide. */
    private static long median(RawClient client) {
        long[] p99 = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            p99[i] = p99Nanos(client);
        }
        Arrays.sort(p99);
        return p99[ROUNDS / 2];
    }

    private static long p99Nanos(RawClient client) {
        long[] nanos = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            assertEquals("y", client.call("GET", "small"));
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[SAMPLES * 99 / 100];
    }
}
