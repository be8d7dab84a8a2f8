package dev.redoubt.proxy.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Arrays;
import java.util.Random;

/**
 * Prints what it costs to load the table in a fresh JVM and to find a command in it. Not a test: run its main method with
 * the proxy's test classpath. Names are drawn at random, so that the branch predictor does not learn the sequence.
 */
final class CommandTableBenchmark {
    private static final int FRAMES = 1 << 14;
    private static final int ROUNDS = 15;

    private CommandTableBenchmark() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        CommandTable table = CommandTable.builtIn();
        System.out.printf("load: %.1f ms in a fresh JVM%n", (System.nanoTime() - start) / 1e6);
        measure(table, "GET only", "GET");
        measure(table, "usual mix", "get", "SET", "Get", "MGET", "DEL", "HGETALL", "EXPIRE", "INCR", "EXISTS", "TTL");
        measure(
                table,
                "up to 20 bytes",
                "get",
                "ZREVRANGEBYSCORE",
                "zrangebyscore",
                "GEORADIUSBYMEMBER_RO",
                "SINTERSTORE");
        measure(table, "unknown", "JSON.GET", "FT.SEARCH", "nosuch");
    }

    private static void measure(CommandTable table, String title, String... names) {
        ByteBuf buf = PooledByteBufAllocator.DEFAULT.directBuffer();
        int[] starts = new int[FRAMES];
        int[] lengths = new int[FRAMES];
        Random random = new Random(42);
        for (int i = 0; i < FRAMES; i++) {
            byte[] name = Words.bytes(names[random.nextInt(names.length)]);
            starts[i] = buf.writerIndex();
            lengths[i] = name.length;
            buf.writeBytes(name).writeBytes(Words.bytes("\r\n$3\r\nkey\r\n"));
        }
        double[] nanos = new double[ROUNDS];
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int repeat = 0; repeat < 100; repeat++) {
                for (int i = 0; i < FRAMES; i++) {
                    found += table.find(buf, starts[i], lengths[i]) == null ? 0 : 1;
                }
            }
            nanos[round] = (System.nanoTime() - start) / (100.0 * FRAMES);
        }
        buf.release();
        Arrays.sort(nanos);
        System.out.printf(
                "find, %s: median %.1f ns (%.1f to %.1f) [%d]%n",
                title, nanos[ROUNDS / 2], nanos[0], nanos[ROUNDS - 1], found);
    }
}
