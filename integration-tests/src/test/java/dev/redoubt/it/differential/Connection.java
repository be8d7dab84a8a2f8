package dev.redoubt.it.differential;

import dev.redoubt.it.redis.RawClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A connection that is read all the time, so that nobody waits for its reader. Frames are taken, and bytes sent, by one thread. */
final class Connection implements AutoCloseable {
    /** In place of a frame: the other side has closed. */
    static final byte[] END = new byte[0];

    private static final int MOST_CUTS = 12;
    private static final long LONGEST_GAP_NANOS = 400_000;

    private final RawClient client;
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final AtomicInteger received = new AtomicInteger();

    Connection(String host, int port) {
        client = RawClient.connect(host, port).timeout(Duration.ZERO);
        Thread reader = new Thread(this::readAll, "reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        try {
            while (true) {
                frames.add(client.readRaw());
                received.incrementAndGet();
            }
        } catch (RawClient.ConnectionLost closed) {
            frames.add(END);
        }
    }

    /** Whole, or in pieces with gaps between. */
    void send(byte[] bytes, Random random) {
        try {
            int from = 0;
            int cuts = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(MOST_CUTS);
            int[] places = random.ints(cuts, 0, bytes.length + 1).sorted().toArray();
            for (int place : places) {
                client.sendRaw(Arrays.copyOfRange(bytes, from, place));
                LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_GAP_NANOS));
                from = place;
            }
            client.sendRaw(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (RawClient.ConnectionLost closed) {
            // The reader sees it too, after the frames that came before.
        }
    }

    /** The next frame, {@link #END}, or null if none comes in time. */
    byte @Nullable [] next(Duration patience) {
        try {
            return frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** How many frames have come, whether or not they were taken. */
    int received() {
        return received.get();
    }

    void reset() {
        client.reset();
    }

    @Override
    public void close() {
        client.close();
    }
}
