package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * What the fallback costs: nanoseconds a command to record, to read back and to answer, and bytes an entry. A program to run
 * by hand; it prints the median of nine rounds with the fastest and the slowest.
 */
final class FallbackCost {
    private static final int ROUNDS = 9;
    private static final int COMMANDS = 1_000_000;
    private static final int KEYS = 100_000;

    private FallbackCost() {}

    public static void main(String[] args) {
        record("record, one command a run", 1);
        record("record, runs of 16", 16);
        read("read back, one command a run", 1);
        read("read back, runs of 16", 16);
        answer("answer GET of a journaled key", "GET");
        answer("answer SET", "SET");
        footprints();
    }

    /** The buffers are warm, as they are on the lane, which has just looked at them. */
    private static void record(String name, int pipeline) {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, a -> null);
        Run[] runs = runs(64, pipeline);
        measure(name, () -> recordMillion(recorder, runs, pipeline));
    }

    private static long recordMillion(FlightRecorder recorder, Run[] runs, int pipeline) {
        long start = System.nanoTime();
        for (int i = 0; i < COMMANDS / pipeline; i++) {
            runs[i & runs.length - 1].record(recorder, pipeline);
        }
        return System.nanoTime() - start;
    }

    private static void read(String name, int pipeline) {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, a -> null);
        Run[] runs = runs((1 << 17) / pipeline, pipeline);
        measure(name, () -> {
            long nanos = 0;
            for (int i = 0; i < COMMANDS / pipeline; i++) {
                runs[i & runs.length - 1].record(recorder, pipeline);
                if ((i & (1 << 16) / pipeline - 1) == 0) {
                    nanos += drain(recorder);
                }
            }
            return nanos + drain(recorder);
        });
    }

    private static long drain(FlightRecorder recorder) {
        long start = System.nanoTime();
        recorder.drain(() -> {});
        return System.nanoTime() - start;
    }

    private record Run(ByteBuf commands, ByteBuf replies) {
        void record(FlightRecorder recorder, int count) {
            recorder.record(0, true, count, commands, 0, commands.writerIndex(), replies, 0, replies.writerIndex());
        }
    }

    /** Half GET, half SET, 3-byte values and 16-byte keys as redis-benchmark sends them. */
    private static Run[] runs(int count, int pipeline) {
        Random random = new Random(1);
        Run[] runs = new Run[count];
        for (int i = 0; i < count; i++) {
            ByteBuf commands = Unpooled.directBuffer();
            ByteBuf replies = Unpooled.directBuffer();
            for (int j = 0; j < pipeline; j++) {
                String key = String.format("key:%012d", random.nextInt(KEYS));
                if (random.nextBoolean()) {
                    RespWriter.command(commands, "SET", key, "xxx");
                    RespWriter.simpleString(replies, "OK");
                } else {
                    RespWriter.command(commands, "GET", key);
                    RespWriter.bulk(replies, "xxx");
                }
            }
            runs[i] = new Run(commands, replies);
        }
        return runs;
    }

    private static void answer(String name, String verb) {
        FlightRecorder recorder = new FlightRecorder(FallbackSettings.DEFAULTS, Clock.SYSTEM, a -> null);
        MemoryStore store = new MemoryStore(FallbackSettings.DEFAULTS, Clock.SYSTEM, new Random(1), recorder);
        byte[][] keys = new byte[KEYS][];
        byte[] set = "SET".getBytes(StandardCharsets.US_ASCII);
        byte[] value = "xxx".getBytes(StandardCharsets.US_ASCII);
        ByteBuf out = Unpooled.directBuffer();
        for (int i = 0; i < KEYS; i++) {
            keys[i] = String.format("key:%012d", i).getBytes(StandardCharsets.US_ASCII);
            store.execute(Mode.OUTAGE, 0, new byte[][] {set, keys[i], value}, 2, out.clear());
        }
        byte[] verbBytes = verb.getBytes(StandardCharsets.US_ASCII);
        measure(name, () -> {
            long start = System.nanoTime();
            for (int i = 0; i < COMMANDS; i++) {
                byte[] key = keys[(int) (i * 7919L % KEYS)];
                byte[][] command =
                        verb.equals("GET") ? new byte[][] {verbBytes, key} : new byte[][] {verbBytes, key, value};
                store.execute(Mode.OUTAGE, 0, command, 2, out.clear());
            }
            return System.nanoTime() - start;
        });
    }

    private static void measure(String name, LongSupplier million) {
        double[] nanos = new double[ROUNDS];
        long warm = million.getAsLong();
        if (warm < 0) {
            throw new IllegalStateException("time ran backwards");
        }
        for (int i = 0; i < ROUNDS; i++) {
            nanos[i] = (double) million.getAsLong() / COMMANDS;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-45s %7.1f ns a command (%.1f to %.1f)%n", name, nanos[ROUNDS / 2], nanos[0], nanos[ROUNDS - 1]);
    }

    /** Keys of 16 bytes and values of 48; the arrays' own headers are part of the overhead. */
    private static void footprints() {
        int entries = 200_000;
        KnownValues known = new KnownValues(1L << 40);
        long before = usedBytes();
        for (int i = 0; i < entries; i++) {
            known.put(key(i), new KnownValue(new byte[48], Expiry.NONE, i, i));
        }
        report("known value", (usedBytes() - before) / entries, known.entries());
        Journal journal = new Journal(1L << 40, Integer.MAX_VALUE);
        before = usedBytes();
        for (int i = 0; i < entries; i++) {
            journal.accept(
                    key(i), null, Seen.UNKNOWN, new EntryState(new byte[48], Expiry.NONE, true, false, false, null), 0);
        }
        report("journal entry", (usedBytes() - before) / entries, journal.size());
        System.out.println(known.entries() + journal.size());
    }

    private static StoreKey key(int i) {
        return new StoreKey(0, String.format("key:%012d", i).getBytes(StandardCharsets.US_ASCII));
    }

    private static void report(String what, long bytes, long entries) {
        System.out.printf("%s: %d bytes, %d of them overhead (%d entries)%n", what, bytes, bytes - 64, entries);
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
