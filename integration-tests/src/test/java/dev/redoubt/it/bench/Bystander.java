package dev.redoubt.it.bench;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that says small GETs, one at a time, while another does something: how long each takes. One thread of its own. */
final class Bystander implements AutoCloseable {
    private static final int MOST = 2_000_000;

    private final Socket socket;
    private final Thread thread;
    private final AtomicBoolean ending = new AtomicBoolean();
    private long[] nanos = new long[1024];
    private int count;
    private String failure = "";

    Bystander(int port) throws IOException {
        socket = Unfair.connect(port);
        thread = new Thread(this::run, "bystander");
        thread.start();
    }

    private void run() {
        try {
            while (!ending.get() && count < MOST) {
                long sentAt = System.nanoTime();
                Unfair.send(socket, "GET", "small");
                Unfair.skipReply(socket, 0);
                add(System.nanoTime() - sentAt);
            }
        } catch (IOException lost) {
            failure = String.valueOf(lost.getMessage());
        }
    }

    private void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    /** Ends it, and gives what it saw: median, 99th percentile and longest, in milliseconds. */
    Seen end() throws InterruptedException {
        ending.set(true);
        thread.join();
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Seen(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), count, failure);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
    }

    /** @param failure why it ended early; empty if it did not */
    record Seen(double medianMillis, double p99Millis, double longestMillis, int commands, String failure) {}

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
